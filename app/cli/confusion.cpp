// confusion: what a trained model mistakes for what, on the validation images.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "gpu/validation_answers.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string study;
    std::int64_t model = 0;
    std::size_t worst = 12;
    bool json = false;
};

Json worstOf(const ValidationAnswers& answers, std::size_t n)
{
    Json list = Json::array();
    for (const std::size_t image : worstAnswers(answers.answers, n)) {
        const Answer& one = answers.answers[image];
        list.push_back({{"image", image},
                        {"label", answers.classes.at(static_cast<std::size_t>(one.truth))},
                        {"answer", answers.classes.at(static_cast<std::size_t>(one.answer))},
                        {"probability", one.probability}});
    }
    return list;
}

Json jsonOf(const ValidationAnswers& answers, std::size_t worst)
{
    const Confusion& confusion = answers.confusion;
    Json matrix = Json::array();
    for (int truth = 0; truth < confusion.classes(); ++truth) {
        Json row = Json::array();
        for (int answer = 0; answer < confusion.classes(); ++answer)
            row.push_back(confusion.at(truth, answer));
        matrix.push_back(row);
    }
    return {{"model", static_cast<std::int64_t>(answers.model)},
            {"images", confusion.images()},
            {"wrong", confusion.wrong()},
            {"error", 100.0 * static_cast<double>(confusion.wrong()) / static_cast<double>(confusion.images())},
            {"classes", answers.classes},
            {"matrix", matrix},
            {"worst", worstOf(answers, worst)}};
}

void print(const ValidationAnswers& answers, std::size_t worst)
{
    const Confusion& confusion = answers.confusion;
    std::vector<std::vector<std::string>> rows{{"label \\ answer"}};
    rows[0].insert(rows[0].end(), answers.classes.begin(), answers.classes.end());
    for (int truth = 0; truth < confusion.classes(); ++truth) {
        std::vector<std::string>& row = rows.emplace_back();
        row.push_back(answers.classes[static_cast<std::size_t>(truth)]);
        for (int answer = 0; answer < confusion.classes(); ++answer)
            row.push_back(std::to_string(confusion.at(truth, answer)));
    }
    printTable(rows);
    std::cout << '\n' << confusion.wrong() << " of " << confusion.images() << " validation images are wrong.\n";
    std::vector<std::vector<std::string>> mistakes{{"image", "label", "answer", "probability"}};
    for (const Json& one : worstOf(answers, worst))
        mistakes.push_back({std::to_string(one["image"].get<std::size_t>()), one["label"], one["answer"],
                            fixed(one["probability"], 3)});
    if (mistakes.size() > 1)
        printTable(mistakes);
}

} // namespace

void addConfusion(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "confusion",
        "What a trained model mistakes for what on the validation images, and the mistakes it is surest of");
    command->add_option("STUDY", options->study, "The study file")->required();
    command->add_option("--model", options->model, "The number of the model")->type_name("ID")->required();
    command->add_option("--worst", options->worst, "How many of the surest mistakes")->capture_default_str();
    addJsonFlag(*command, options->json);
    command->callback([options] {
        const Study study(options->study, Study::Access::readOnly);
        const ValidationAnswers answers = Examiner().examine(study, ModelId{options->model});
        options->json ? printJson(jsonOf(answers, options->worst)) : print(answers, options->worst);
    });
}

} // namespace spacewright
