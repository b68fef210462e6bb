// What a model gets wrong, as a person looks for it.
#include "app/gui/bridge.h"
#include "app/gui/panels/confusion_matrix.h"
#include "app/gui/panels/example_images.h"
#include "app/gui/panels/mistakes_view.h"
#include "core/design/single_network.h"
#include "core/exchange/safetensors.h"
#include "tests/gpu/synthetic.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QLabel>

using namespace spacewright;

class MistakesViewTest : public QObject {
    Q_OBJECT
    std::unique_ptr<synthetic::Folder> m_folder;
    std::filesystem::path m_images, m_file;
    std::unique_ptr<Bridge> m_bridge;
    std::unique_ptr<MistakesView> m_view;
    int m_asked = 0;

    QString words() { return m_view->findChild<QLabel*>("mistakeWords")->text(); }
    ConfusionMatrix* matrix() { return m_view->findChild<ConfusionMatrix*>(); }
    ExampleImages* examples() { return m_view->findChild<ExampleImages*>(); }
    Study study() { return {m_file, Study::Access::readOnly}; }
    void lookAt(int model) { m_view->setModel(study().model(ModelId{model}), Qt::blue); }

private Q_SLOTS:
    /// A study of two models on 64 validation images, the first with weights (of a network that knows nothing).
    void init()
    {
        m_folder = std::make_unique<synthetic::Folder>();
        m_images = synthetic::writeImages(*m_folder);
        m_file = *m_folder / "a.study";
        Recipe recipe = synthetic::recipe(m_images, 1);
        recipe.validationImages = 64;
        Study made = Study::create(m_file, recipe);
        StudySpace space;
        space.space = singleNetwork("two", synthetic::sample(0).network);
        made.addSpace(space, {synthetic::sample(0), synthetic::sample(1)});
        for (const double error : {70.0, 60.0}) {
            const ModelId id = made.claimNext()->id;
            if (error == 70)
                save({{}, initialState(layers(made.model(id).sample.network), Random(1, 1))}, made.checkpointPath(id));
            made.finish(id, ModelState::finished, error, "", 1, 100);
        }
        m_bridge = std::make_unique<Bridge>(FakeEngine::start);
        m_view = std::make_unique<MistakesView>();
        m_view->resize(320, 480);
        m_asked = 0;
        connect(m_view.get(), &MistakesView::mistakesWanted, m_bridge.get(), [this](qint64 model) {
            ++m_asked;
            m_bridge->askMistakes(ModelId{model});
        });
        connect(m_bridge.get(), &Bridge::mistakesReady, m_view.get(), &MistakesView::showMistakes);
        QSignalSpy opened(m_bridge.get(), &Bridge::snapshotReady);
        m_bridge->open(m_file);
        QTRY_COMPARE(opened.count(), 1);
    }
    void cleanup()
    {
        m_view.reset();
        m_bridge.reset();
    }

    void asksOnlyWhenItIsSeenAndOnceForAModel()
    {
        lookAt(1);
        QTest::qWait(50);
        QCOMPARE(m_asked, 0);
        m_view->show();
        QTRY_COMPARE(m_asked, 1);
        QTRY_VERIFY(matrix()->isVisible());
        lookAt(1); // as after every result
        m_view->repaint();
        QTest::qWait(50);
        QCOMPARE(m_asked, 1);
    }
    void takesAnotherColourWithoutAskingAgain()
    {
        m_view->show();
        lookAt(1);
        QTRY_VERIFY(matrix()->isVisible());
        const QImage blue = matrix()->grab().toImage();
        m_view->setModel(study().model(ModelId{1}), Qt::red);
        QVERIFY(matrix()->grab().toImage() != blue);
        QCOMPARE(m_asked, 1);
    }
    void showsTheMatrixAndTheSurestMistakes()
    {
        m_view->show();
        lookAt(1);
        QTRY_VERIFY(words().contains("of 64 validation images are wrong"));
        QVERIFY(matrix()->accessibleDescription().contains("64 images are wrong"));
        const std::vector<Example>& shown = examples()->examples();
        QVERIFY(!shown.empty());
        for (std::size_t i = 0; i < shown.size(); ++i) {
            QVERIFY(shown[i].label != shown[i].answer);
            QVERIFY(i == 0 || shown[i].probability <= shown[i - 1].probability);
            QCOMPARE(shown[i].image.size(), QSize(8, 8));
        }
    }
    void aClickOnACellShowsItsImages()
    {
        m_view->show();
        lookAt(1);
        QTRY_VERIFY(matrix()->isVisible());
        const Example first = examples()->examples().front();
        const std::pair cell{first.label.toInt(), first.answer.toInt()};
        const auto click = [&] {
            QTest::mouseClick(matrix(), Qt::LeftButton, {}, matrix()->place(cell).center().toPoint());
        };
        QTRY_VERIFY(matrix()->height() > 60);
        click();
        for (const Example& one : examples()->examples())
            QVERIFY(one.label == first.label && one.answer == first.answer);
        QVERIFY(m_view->findChild<QLabel*>("exampleWords")->text().startsWith(first.label + " taken for "));
        matrix()->setFocus();
        QTest::keyClick(matrix(), Qt::Key_Escape);
        QVERIFY(m_view->findChild<QLabel*>("exampleWords")->text().startsWith("The mistakes"));
        QTest::keyClick(matrix(), Qt::Key_Down); // to the most frequent mistake
        QVERIFY(m_view->findChild<QLabel*>("exampleWords")->text().contains(" taken for "));
    }
    void saysWhatIsMissing()
    {
        m_view->show();
        lookAt(2);
        QTRY_VERIFY(words().contains("The weights of model 2 are not there any more"));
        QVERIFY(!matrix()->isVisible());
        std::filesystem::remove_all(m_images);
        lookAt(1);
        QTRY_VERIFY2(words().contains("There is no data set"), qPrintable(words()));
        Model waiting = study().model(ModelId{1});
        waiting.state = ModelState::waiting;
        m_view->setModel(waiting, Qt::blue);
        QVERIFY(words().startsWith("The model is waiting"));
    }
    void theLatestRequestWins()
    {
        m_view->show();
        QSignalSpy ready(m_bridge.get(), &Bridge::mistakesReady);
        for (int i = 0; i < 20; ++i)
            m_bridge->askMistakes(ModelId{i % 2 ? 2 : 1});
        m_bridge->askMistakes(ModelId{1});
        QTRY_VERIFY(!ready.isEmpty());
        QTest::qWait(100);
        QCOMPARE(ready.count(), 1);
        const auto last = ready.last()[0].value<Mistakes>();
        QCOMPARE(last.model, ModelId{1});
        QCOMPARE(static_cast<int>(last.answers->answers.size()), 64);
    }
};

QObject* makeMistakesViewTest()
{
    return new MistakesViewTest;
}

#include "test_mistakes_view.moc"
