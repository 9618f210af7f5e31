// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/sqlclause.h>
#include <QAsyncMySql/sqlrows.h>
#include <QAsyncMySql/sqlstatement.h>

#include <QtCore/QSharedData>

namespace QAsyncMySql::Sql {

//! What a locking read does when another transaction holds the row. \since 1.0
enum class LockWait : quint8
{
    Wait, //!< waits, up to innodb_lock_wait_timeout
    NoWait, //!< fails at once
    SkipLocked, //!< leaves the row out
};

namespace Internal {

class SelectData;

//! What a select is made of, whatever it selects.
class QASYNCMYSQL_EXPORT SelectBuilder
{
public:
    enum class Join : quint8
    {
        Inner,
        Left,
        Right,
        Cross
    };
    enum class Set : quint8
    {
        Union,
        UnionAll,
        Intersect,
        IntersectAll,
        Except,
        ExceptAll
    };

    SelectBuilder();
    SelectBuilder(const SelectBuilder &other);
    SelectBuilder(SelectBuilder &&other) noexcept;
    SelectBuilder &operator=(const SelectBuilder &other);
    SelectBuilder &operator=(SelectBuilder &&other) noexcept;
    ~SelectBuilder();

    void addField(const Operand &field, std::string_view alias);
    void setDistinct();
    void setFrom(const Fragment &source);
    void addJoin(Join kind, const Fragment &source, const Fragment &on);
    void addWhere(Condition &&condition);
    void addGroup(const Fragment &expression);
    template <class... Expressions> void addGroups(const Expressions &...expressions)
    {
        (addGroup(fragment(expressions)), ...);
    }
    void setRollup();
    void addHaving(Condition &&condition);
    void addOrder(const Order &order);
    template <class... Orders> void addOrders(const Orders &...orders) { (addOrder(Order(orders)), ...); }
    void setLimit(quint64 rows);
    void setOffset(quint64 rows);
    void setLock(bool update, LockWait wait, std::string_view of);
    void addTable(std::string_view name, const Fragment &definition, bool recursive);
    void setHint(QAnyStringView hint);
    void combine(Set operation, const SelectBuilder &other);

    Fragment toFragment() const;
    Fragment inParentheses() const;

private:
    void writeLimit();

    QSharedDataPointer<SelectData> d;
};

QASYNCMYSQL_EXPORT Fragment derivedSource(const Fragment &definition, std::string_view alias, bool lateral);
QASYNCMYSQL_EXPORT Fragment recursiveDefinition(const Fragment &base, const Fragment &step, bool all);

class NotOneColumn
{
};
template <class... Fields> struct QueryTypeOf
{
    using Type = NotOneColumn;
};
template <class Field> struct QueryTypeOf<Field>
{
    using Type = typename Field::Type;
};

// A left join makes NULLs of the joined table's columns, a right join of all others.
template <Name Alias, bool OfTable, class Field> struct OuterField
{
    using Type = Field;
};
template <Name Alias, bool OfTable, Name Table, Name ColumnName, class T>
struct OuterField<Alias, OfTable, Column<Table, ColumnName, T>>
{
    using Plain = Column<Table, ColumnName, T>;
    using Type = std::conditional_t<(Alias == Table) == OfTable, Outer<Plain>, Plain>;
};

//! The field of \a Fields that is called \a ColumnName, as a column of the table \a Alias.
template <Name Alias, Name ColumnName, class... Fields>
using DerivedColumn = Column<
    Alias, ColumnName,
    typename std::tuple_element_t<size_t(indexOfName<ColumnName, Fields...>()), std::tuple<Fields...>>::Type>;

template <class T> inline constexpr bool IsTuple = false;
template <class... T> inline constexpr bool IsTuple<std::tuple<T...>> = true;

} // namespace Internal

template <Name Alias, class... Fields> class Derived;
template <Name Alias, class... Fields> class CommonTable;

/*!
    A select of \a Fields: columns, and expressions that mostly have a name.

    \code
    const auto adults = select(users.id, users.name).from(users).where(users.age >= 18);
    const auto first = adults.orderBy(users.name).limit(10); // adults is what it was
    \endcode

    A value that never changes: each clause gives another select. where(), having(), groupBy() and orderBy()
   add to what is there (conditions with AND). It runs wherever a statement's text does:
   \c{connection.execute(adults)}.

    \since 1.0
*/
template <class... Fields> class Select
{
public:
    using ResultType = TypedRows<Fields...>;
    using CursorType = TypedCursor<Fields...>;
    using QueryType = typename Internal::QueryTypeOf<Fields...>::Type;

    explicit Select(Internal::SelectBuilder builder)
        : m_builder(std::move(builder))
    {
    }

    QASYNCMYSQL_CLAUSE(Select distinct(), setDistinct())
    QASYNCMYSQL_CLAUSE(template <AnyTable T> Select from(const T &table), setFrom(table.source()))
    QASYNCMYSQL_CLAUSE(template <AnyTable T> Select join(const T &table, Condition on),
                       addJoin(Internal::SelectBuilder::Join::Inner, table.source(), on.fragment()))
    QASYNCMYSQL_CLAUSE(template <AnyTable T> Select crossJoin(const T &table),
                       addJoin(Internal::SelectBuilder::Join::Cross, table.source(), Fragment()))
    QASYNCMYSQL_CLAUSE(Select where(Condition condition), addWhere(std::move(condition)))
    QASYNCMYSQL_CLAUSE(template <class... Expressions> Select groupBy(const Expressions &...expressions),
                       addGroups(expressions...))
    //! GROUP BY … WITH ROLLUP
    QASYNCMYSQL_CLAUSE(Select withRollup(), setRollup())
    QASYNCMYSQL_CLAUSE(Select having(Condition condition), addHaving(std::move(condition)))
    QASYNCMYSQL_CLAUSE(template <class... Orders> Select orderBy(const Orders &...orders),
                       addOrders(orders...))
    QASYNCMYSQL_CLAUSE(Select limit(quint64 rows), setLimit(rows))
    //! Needs a limit() as well.
    QASYNCMYSQL_CLAUSE(Select offset(quint64 rows), setOffset(rows))
    QASYNCMYSQL_CLAUSE(Select forUpdate(LockWait wait = LockWait::Wait), setLock(true, wait, {}))
    QASYNCMYSQL_CLAUSE(Select forShare(LockWait wait = LockWait::Wait), setLock(false, wait, {}))
    //! FOR UPDATE OF: locks the rows of one table of the join. MySQL only.
    QASYNCMYSQL_CLAUSE(template <AnyTable T> Select forUpdateOf(const T &, LockWait wait = LockWait::Wait),
                       setLock(true, wait, T::AliasName.view()))
    //! Declares the common table expressions that it uses: WITH.
    QASYNCMYSQL_CLAUSE(template <class T> Select with(const T &table),
                       addTable(T::AliasName.view(), table.definition(), table.isRecursive()))
    //! An optimizer hint, as \c{NO_INDEX_MERGE(users)}: text of your own.
    QASYNCMYSQL_CLAUSE(Select hint(QAnyStringView hint), setHint(hint))

    //! The columns of \a table become optional in the rows, unless they were.
    QASYNCMYSQL_RETYPING_CLAUSE(template <AnyTable T> auto leftJoin(const T &table, Condition on),
                                (outerJoin<T, true>), Internal::SelectBuilder::Join::Left, table.source(),
                                on.fragment())
    //! The columns of all tables but \a table become optional in the rows.
    QASYNCMYSQL_RETYPING_CLAUSE(template <AnyTable T> auto rightJoin(const T &table, Condition on),
                                (outerJoin<T, false>), Internal::SelectBuilder::Join::Right, table.source(),
                                on.fragment())

    // Set operations: the columns are named as those of this select. Clauses behind are those of the whole.
    template <class... Others> auto unionWith(const Select<Others...> &other) const
    {
        return combined<Others...>(Internal::SelectBuilder::Set::Union, other.builder());
    }
    template <class... Others> auto unionAll(const Select<Others...> &other) const
    {
        return combined<Others...>(Internal::SelectBuilder::Set::UnionAll, other.builder());
    }
    template <class... Others> auto intersect(const Select<Others...> &other) const
    {
        return combined<Others...>(Internal::SelectBuilder::Set::Intersect, other.builder());
    }
    template <class... Others> auto except(const Select<Others...> &other) const
    {
        return combined<Others...>(Internal::SelectBuilder::Set::Except, other.builder());
    }

    //! As a table, with the name that its columns go by: \c{from(totals)}, \c{totals.column<"sum">()}.
    template <Name Alias> Derived<Alias, Fields...> as() const
    {
        return Derived<Alias, Fields...>(m_builder.inParentheses());
    }

    SqlStatement statement() const { return SqlStatement(m_builder.toFragment()); }
    //! In parentheses, as expressions have it.
    Fragment subquery() const { return m_builder.inParentheses(); }
    const Internal::SelectBuilder &builder() const noexcept { return m_builder; }

private:
    template <class T, bool OfTable>
    static auto outerJoin(Internal::SelectBuilder builder, Internal::SelectBuilder::Join kind,
                          const Fragment &source, const Fragment &on)
    {
        builder.addJoin(kind, source, on);
        return Select<typename Internal::OuterField<T::AliasName, OfTable, Fields>::Type...>(
            std::move(builder));
    }
    template <class... Others>
    Select combined(Internal::SelectBuilder::Set operation, const Internal::SelectBuilder &other) const
    {
        static_assert(sizeof...(Others) == sizeof...(Fields),
                      "QAsyncMySql: the selects of a UNION have different numbers of columns");
        static_assert((Internal::Comparable<typename Fields::Type, typename Others::Type> && ...),
                      "QAsyncMySql: the selects of a UNION have columns of different types");
        Internal::SelectBuilder builder(m_builder);
        builder.combine(operation, other);
        return Select(std::move(builder));
    }

    Internal::SelectBuilder m_builder;
};

namespace Internal {

template <class Field> void addField(SelectBuilder &builder, const Field &field)
{
    if constexpr (requires { field.definition(); })
        builder.addField(Operand(field.definition()), Field::name());
    else
        builder.addField(operand(field), {});
}

template <class... Fields> auto selectThose(const Fields &...fields)
{
    static_assert((AnyExpression<Fields> && ...),
                  "QAsyncMySql: select() takes columns and expressions; see value()");
    SelectBuilder builder;
    (addField(builder, fields), ...);
    return Select<Fields...>(std::move(builder));
}

template <class Field> auto asTuple(const Field &field)
{
    if constexpr (IsTuple<Field>)
        return field;
    else
        return std::tuple<Field>(field);
}

} // namespace Internal

//! Begins a select of \a fields: columns, expressions, and columns() of them. \since 1.0
template <class... Fields> auto select(const Fields &...fields)
{
    if constexpr ((Internal::IsTuple<Fields> || ...)) {
        return std::apply([](const auto &...all) { return Internal::selectThose(all...); },
                          std::tuple_cat(Internal::asTuple(fields)...));
    } else {
        return Internal::selectThose(fields...);
    }
}

/*!
    A select in the place of a table. Made by Select::as().

    \since 1.0
*/
template <Name Alias, class... Fields> class Derived
{
public:
    static constexpr auto AliasName = Alias;

    explicit Derived(Fragment definition)
        : m_definition(std::move(definition))
    {
    }
    template <Name ColumnName> Internal::DerivedColumn<Alias, ColumnName, Fields...> column() const
    {
        return {};
    }
    Fragment source() const { return Internal::derivedSource(m_definition, Alias.view(), m_lateral); }
    //! LATERAL: may use columns of the tables before it. MySQL only.
    Derived lateral() const
    {
        Derived copy(*this);
        copy.m_lateral = true;
        return copy;
    }

private:
    Fragment m_definition;
    bool m_lateral = false;
};

/*!
    A common table expression: a select with a name, for with() and from(). Made by commonTable().

    \since 1.0
*/
template <Name Alias, class... Fields> class CommonTable
{
public:
    static constexpr auto AliasName = Alias;

    explicit CommonTable(Fragment definition, bool recursive = false)
        : m_definition(std::move(definition))
        , m_recursive(recursive)
    {
    }
    template <Name ColumnName> Internal::DerivedColumn<Alias, ColumnName, Fields...> column() const
    {
        return {};
    }
    Fragment source() const { return Internal::tableSource({}, Alias.view(), Alias.view()); }
    const Fragment &definition() const noexcept { return m_definition; }
    bool isRecursive() const noexcept { return m_recursive; }

    //! Makes it recursive: \a step is called with this table and gives the select of further rows.
    template <class Step> CommonTable unionAll(Step &&step) const { return withStep(step(*this), true); }
    template <class Step> CommonTable unionWith(Step &&step) const { return withStep(step(*this), false); }

private:
    template <class... Others> CommonTable withStep(const Select<Others...> &step, bool all) const
    {
        static_assert(sizeof...(Others) == sizeof...(Fields),
                      "QAsyncMySql: the selects of a UNION have different numbers of columns");
        return CommonTable(Internal::recursiveDefinition(m_definition, step.builder().toFragment(), all),
                           true);
    }
    Fragment m_definition;
    bool m_recursive;
};

//! \a select as a common table expression called \a Alias. \since 1.0
template <Name Alias, class... Fields>
CommonTable<Alias, Fields...> commonTable(const Select<Fields...> &select)
{
    return CommonTable<Alias, Fields...>(select.builder().toFragment());
}

//! EXISTS (…) \since 1.0
template <AnyQuery Query> Expr<bool> exists(const Query &query)
{
    return Expr<bool>(Internal::prefix("EXISTS ", Precedence::Primary, Internal::Operand(query.subquery())));
}
//! The value of a select with one column and at most one row; NULL where it has no row. \since 1.0
template <AnyQuery Query> auto scalar(const Query &query)
{
    static_assert(!std::is_same_v<typename Query::QueryType, Internal::NotOneColumn>,
                  "QAsyncMySql: scalar() takes a select of one column");
    return Expr<Internal::Nullable<typename Query::QueryType>>(query.subquery());
}
//! For comparisons with all, or with any, of the rows of a select: \c{users.age > all(…)}. \since 1.0
template <AnyQuery Query> auto all(const Query &query)
{
    return Expr<typename Query::QueryType>(
        Internal::prefix("ALL ", Precedence::Primary, Internal::Operand(query.subquery())));
}
template <AnyQuery Query> auto any(const Query &query)
{
    return Expr<typename Query::QueryType>(
        Internal::prefix("ANY ", Precedence::Primary, Internal::Operand(query.subquery())));
}

} // namespace QAsyncMySql::Sql
