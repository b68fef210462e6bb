// Models that lists share: copying a list, or following a study for hours, copies no model that did not change.
#pragma once
#include "core/study/study.h"
#include <compare>
#include <iterator>

namespace spacewright {

/// A list of models as a value. A model that several lists hold is copied when one of them asks for it to be changed
/// (by a non-const element or iterator); read through a const list.
class ModelList {
public:
    using Pointer = std::shared_ptr<const Model>;

    ModelList() = default;
    ModelList(const std::vector<Model>& models)
    {
        for (const Model& model : models)
            push_back(model);
    }

    void push_back(Model model) { m_models.push_back(std::make_shared<Model>(std::move(model))); }
    void push_back(const Pointer& model) { m_models.push_back(std::const_pointer_cast<Model>(model)); }
    Model& emplace_back() { return *m_models.emplace_back(std::make_shared<Model>()); }
    void reserve(std::size_t n) { m_models.reserve(n); }

    std::size_t size() const { return m_models.size(); }
    bool empty() const { return m_models.empty(); }
    /// The same pointer in another list: the model has not changed.
    Pointer shared(std::size_t i) const { return m_models[i]; }

    const Model& operator[](std::size_t i) const { return *m_models[i]; }
    Model& operator[](std::size_t i)
    {
        if (m_models[i].use_count() > 1)
            m_models[i] = std::make_shared<Model>(*m_models[i]);
        return *m_models[i];
    }
    const Model& front() const { return *m_models.front(); }
    const Model& back() const { return *m_models.back(); }
    Model& back() { return (*this)[size() - 1]; }

    template <typename List, typename Element>
    class Iterator {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = Model;
        using difference_type = std::ptrdiff_t;
        using pointer = Element*;
        using reference = Element&;

        Iterator() = default;
        Iterator(List* list, std::ptrdiff_t at) : m_list(list), m_at(at) {}
        Element& operator*() const { return (*m_list)[static_cast<std::size_t>(m_at)]; }
        Element* operator->() const { return &**this; }
        Element& operator[](std::ptrdiff_t n) const { return *(*this + n); }
        Iterator& operator+=(std::ptrdiff_t n)
        {
            m_at += n;
            return *this;
        }
        Iterator& operator-=(std::ptrdiff_t n) { return *this += -n; }
        Iterator& operator++() { return *this += 1; }
        Iterator& operator--() { return *this += -1; }
        Iterator operator++(int) { return {m_list, m_at++}; }
        Iterator operator--(int) { return {m_list, m_at--}; }
        friend Iterator operator+(Iterator it, std::ptrdiff_t n) { return it += n; }
        friend Iterator operator+(std::ptrdiff_t n, Iterator it) { return it += n; }
        friend Iterator operator-(Iterator it, std::ptrdiff_t n) { return it -= n; }
        friend std::ptrdiff_t operator-(const Iterator& a, const Iterator& b) { return a.m_at - b.m_at; }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.m_at == b.m_at; }
        friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.m_at <=> b.m_at; }

    private:
        List* m_list = nullptr;
        std::ptrdiff_t m_at = 0;
    };
    Iterator<const ModelList, const Model> begin() const { return {this, 0}; }
    Iterator<const ModelList, const Model> end() const { return {this, std::ssize(m_models)}; }
    Iterator<ModelList, Model> begin() { return {this, 0}; }
    Iterator<ModelList, Model> end() { return {this, std::ssize(m_models)}; }

private:
    std::vector<std::shared_ptr<Model>> m_models;
};

} // namespace spacewright
