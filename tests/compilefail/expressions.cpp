// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// What must not compile. check.py takes one case at a time: the lines between its #if and #endif. Each
// "expect" is a regular expression for the compiler's messages; those with "gcc" are for GCC, which prints
// the names of template arguments as text.

#include "unit/expressions/shop.h"

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using Shop::customers;
using Shop::numbers;
using Shop::orders;

using CustomerRow
    = decltype(select(customers.id, customers.name, customers.id.as<"n">()))::ResultType::value_type;
using TwiceRow = decltype(select(customers.id, customers.id, orders.id))::ResultType::value_type;

using BornRows = decltype(select(customers.id, customers.born))::ResultType;
struct IdAndDay
{
    quint64 id;
    QDate born;
};
struct DayAndNumber
{
    QDate id;
    std::optional<QDate> born;
};
struct OnlyId
{
    quint64 id;
};

// That the rest is in order: a case without an error of its own would say nothing.
inline void compiles(const CustomerRow &row, const TwiceRow &twice)
{
    (void)(customers.id == 5 && customers.name == u"x" && customers.active);
    (void)(row[customers.name]);
    (void)(row.get<"n">());
    (void)(twice[orders.id]);
    (void)insertInto(customers).set(customers.born = std::optional<QDate>());
}

inline void mustNot(const CustomerRow &row, const TwiceRow &twice, const BornRows &born)
{
    (void)row;
    (void)twice;
    (void)born;
#if defined(CASE_compare_text_with_number)
    // expect: these types do not compare; convert one with cast<>
    // expect gcc: Column<.*"customers".*"name".*QString>
    (void)(customers.name == 5);
#elif defined(CASE_compare_number_with_text)
    // expect: these types do not compare
    // expect gcc: Column<.*"customers".*"id"
    (void)(u"5" < customers.id);
#elif defined(CASE_compare_columns_of_two_types)
    // expect: these types do not compare
    // expect gcc: "customers".*"born".*"orders".*"total"
    (void)(customers.born == orders.total);
#elif defined(CASE_compare_with_null)
    // expect: a comparison with NULL is never true; use isNull\(\) or is\(\)
    // expect gcc: "customers".*"born"
    (void)(customers.born == nullptr);
#elif defined(CASE_compare_with_optional)
    // expect: a comparison with NULL is never true
    // expect gcc: "customers".*"referrer_id"
    (void)(customers.referrerId != std::optional<quint64>(5));
#elif defined(CASE_calculate_with_text)
    // expect: arithmetic takes numbers
    // expect gcc: "customers".*"name"
    (void)(customers.name + 1);
#elif defined(CASE_condition_of_text)
    // expect: AND, OR and XOR take conditions
    // expect gcc: "customers".*"name"
    (void)(customers.active && customers.name);
#elif defined(CASE_where_of_text)
    // expect: a condition must be boolean
    // expect gcc: "customers".*"name"
    (void)select(customers.id).from(customers).where(customers.name);
#elif defined(CASE_in_of_another_type)
    // expect: in\(\) with a value of a type that does not compare with the column
    // expect gcc: "customers".*"id"
    (void)customers.id.in(u"a", u"b");
#elif defined(CASE_in_a_list_of_another_type)
    // expect: in\(\) with a list of a type that does not compare with the column
    // expect gcc: "customers".*"born"
    (void)customers.born.in(QStringList());
#elif defined(CASE_in_a_select_of_another_type)
    // expect: in\(\) with a select of a type that does not compare with the column
    // expect gcc: "customers".*"id"
    (void)customers.id.in(select(customers.name).from(customers));
#elif defined(CASE_between_other_types)
    // expect: between\(\) with bounds that do not compare with the column
    // expect gcc: "orders".*"placed"
    (void)orders.placed.between(1, 2);
#elif defined(CASE_like_of_a_number)
    // expect: like\(\) and regexp\(\) are for text
    // expect gcc: "numbers".*"a"
    (void)numbers.a.like(u"1%");
#elif defined(CASE_json_path_of_a_number)
    // expect: extract\(\) is for JSON
    // expect gcc: "numbers".*"a"
    (void)numbers.a.extract(u"$.x");
#elif defined(CASE_assign_another_type)
    // expect: a value of a type that the column does not store
    // expect gcc: "customers".*"born".*QDate
    (void)update(customers).set(customers.born = 5).everyRow();
#elif defined(CASE_assign_null_to_not_null)
    // expect: NULL for a column that is NOT NULL
    // expect gcc: "customers".*"name"
    (void)update(customers).set(customers.name = nullptr).everyRow();
#elif defined(CASE_assign_optional_to_not_null)
    // expect: NULL for a column that is NOT NULL
    // expect gcc: "orders".*"total"
    (void)insertInto(orders).set(orders.total = std::optional<Decimal>());
#elif defined(CASE_insert_into_another_table)
    // expect: set\(\) takes assignments to columns of the table
    // expect gcc: Assignment<.*"orders"
    (void)insertInto(customers).set(orders.note = u"x");
#elif defined(CASE_insert_too_few_values)
    // expect: the row has another number of values than the insert has columns
    // expect gcc: "customers".*"name".*"customers".*"born"
    (void)insertInto(customers).columns(customers.name, customers.born).row(u"x");
#elif defined(CASE_insert_a_select_of_other_types)
    // expect: the select has a column of a type that the table's column does not store
    // expect gcc: "customers".*"born"
    (void)insertInto(customers).columns(customers.born).from(select(orders.id).from(orders));
#elif defined(CASE_union_of_other_types)
    // expect: the selects of a UNION have columns of different types
    // expect gcc: "customers".*"name"
    (void)select(customers.name).from(customers).unionAll(select(orders.id).from(orders));
#elif defined(CASE_union_of_more_columns)
    // expect: the selects of a UNION have different numbers of columns
    (void)select(customers.id).from(customers).unionAll(select(orders.id, orders.note).from(orders));
#elif defined(CASE_row_without_the_column)
    // expect: this column is not among those that the statement selects
    // expect gcc: Key = .*"customers".*"born"
    (void)row[customers.born];
#elif defined(CASE_row_without_the_table)
    // expect: this column is not among those that the statement selects
    // expect gcc: Key = .*"orders".*"id"
    (void)row[orders.id];
#elif defined(CASE_row_with_the_column_twice)
    // expect: this column is selected twice; give one of them a name
    // expect gcc: Key = .*"customers".*"id"
    (void)twice[customers.id];
#elif defined(CASE_row_without_the_name)
    // expect: no column of this name is among those that the statement selects
    // expect gcc: Alias = .*"total"
    (void)row.get<"total">();
#elif defined(CASE_row_with_an_ambiguous_name)
    // expect: the name is ambiguous: two of the selected columns have it
    // expect gcc: Alias = .*"id"
    (void)twice.get<"id">();
#elif defined(CASE_field_without_optional)
    // expect: this column may be NULL; make the field a std::optional
    // expect gcc: CheckField<QDate, .*"customers".*"born"
    (void)born.to<IdAndDay>();
#elif defined(CASE_field_of_another_type)
    // expect: this column's values cannot be read as the type of the field at its place
    // expect gcc: CheckField<QDate, .*"customers".*"id"
    (void)born.to<DayAndNumber>();
#elif defined(CASE_struct_with_too_few_fields)
    // expect: the struct has another number of fields than the statement selects
    // expect gcc: Fields = .*"customers".*"born"
    (void)born.to<OnlyId>();
#elif defined(CASE_derived_table_without_the_column)
    // expect: no column of this name is among those that the statement selects
    // expect gcc: Alias = .*"note"
    (void)select(orders.id).from(orders).as<"o">().column<"note">();
#elif defined(CASE_scalar_of_two_columns)
    // expect: scalar\(\) takes a select of one column
    (void)scalar(select(orders.id, orders.note).from(orders));
#elif defined(CASE_definition_without_a_type)
    // expect: the SQL type of this column must be named: define\(column, SqlType::
    // expect gcc: "customers".*"name"
    (void)createTable(customers).columns(define(customers.name));
#elif defined(CASE_foreign_key_of_another_type)
    // expect: a foreign key must have the types of the columns it refers to
    // expect gcc: "orders".*"note".*"customers".*"id"
    (void)createTable(orders).foreignKey("fk", orders.note, customers.id);
#elif defined(CASE_insert_with_an_alias)
    // expect: INSERT has no name for its table but the table's own
    (void)insertInto(orders.as<"o">());
#endif
}
