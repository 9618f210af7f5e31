// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/callcommand.h"

#include "client/statementcommand.h"
#include "sql/literal.h"
#include "values/binaryparameters.h"

#include <QAsyncMySql/sql.h>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

QByteArray literal(const Parameter &value)
{
    QByteArray text;
    appendLiteral(text, value);
    return text;
}

QByteArray joined(const QByteArrayList &list)
{
    return list.join(", ");
}

/* A variable keeps the value, but not all of the type: what was a date is a text in it. */
QByteArray typed(const QByteArray &variable, const Row &parameter, bool isMariaDb)
{
    const QString type = parameter.tryGet<QString>(2).valueOr(QString()).toLower();
    const auto number = [&parameter](int column) {
        return QByteArray::number(parameter.tryGet<qint64>(column).valueOr(0));
    };
    QByteArray as;
    if (type == u"date")
        as = "DATE";
    else if (type == u"datetime" || type == u"timestamp")
        as = "DATETIME(" + number(5) + ')';
    else if (type == u"time")
        as = "TIME(" + number(5) + ')';
    else if (type == u"decimal")
        as = "DECIMAL(" + number(3) + ',' + number(4) + ')';
    else if (type == u"json" && !isMariaDb)
        as = "JSON";
    return as.isEmpty() ? variable : "CAST(" + variable + " AS " + as + ')';
}

} // namespace

CallCommand::CallCommand(const QStringList &name, const Parameters &parameters, qint64 limit,
                         std::unique_ptr<Completion<CallResult>> completion)
    : m_name(name)
    , m_parameters(parameters)
    , m_completion(std::move(completion))
    , m_answer(std::make_unique<ResultGatherer>(limit))
    , m_limit(limit)
{
    QStringList quoted;
    for (const QString &part : name)
        quoted.append(quoteIdentifier(part).valueOr(QString()));
    m_call = QStringLiteral("CALL ") + quoted.join(u'.');
}

CallCommand::~CallCommand() = default;

void CallCommand::say(CommandContext &context, Step step, const QByteArray &sql)
{
    m_step = step;
    m_answer = std::make_unique<ResultGatherer>(m_limit);
    m_exchange = std::make_unique<Protocol::QueryExchange>(sql, *m_answer);
    context.session.begin(m_exchange.get());
}

Error CallCommand::begin(CommandContext &context)
{
    if (const Error error = checkHeldParameters(m_parameters))
        return error.withPhase(Error::Phase::Command).withOutcome(Error::Outcome::NotSent);
    if (context.session.state().charsetTouched)
        return unsafeCharset();
    if (m_parameters.isEmpty()) {
        call(context);
        return {};
    }
    say(context, Step::LookingUp,
        "SELECT PARAMETER_MODE, PARAMETER_NAME, DATA_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE, "
        "DATETIME_PRECISION FROM information_schema.PARAMETERS WHERE SPECIFIC_SCHEMA = "
            + (m_name.size() > 1 ? literal(Parameter(m_name.first())) : QByteArray("DATABASE()"))
            + " AND SPECIFIC_NAME = " + literal(Parameter(m_name.last()))
            + " AND ROUTINE_TYPE = 'PROCEDURE' ORDER BY ORDINAL_POSITION");
    return {};
}

//! True if the answer is an error, which is then how the call ends.
bool CallCommand::takeFailure()
{
    if (!m_answer->failed())
        return false;
    const bool executed = m_step != Step::LookingUp && (m_executed || m_answer->hasResults());
    fail(toError(m_answer->errorPacket(), executed ? Error::Outcome::Executed : Error::Outcome::NotExecuted,
                 executed ? Error::Phase::Result : Error::Phase::Command));
    return true;
}

Command::Next CallCommand::exchangeDone(CommandContext &context)
{
    if (m_step == Step::Clearing)
        return Next::Done;
    if (takeFailure() || stop() != Stop::None)
        return clear(context);
    switch (m_step) {
    case Step::LookingUp: {
        const ResultSet parameters = m_answer->take();
        const bool isMariaDb = context.session.state().isMariaDb;
        // Where the numbers differ, or nothing may be seen, the call itself says what is wrong.
        for (qsizetype i = 0; parameters.size() == m_parameters.size() && i < parameters.size(); ++i) {
            const Row row = parameters.at(i);
            const QString mode = row.tryGet<QString>(0).valueOr(QString());
            const QString name = row.tryGet<QString>(1).valueOr(QString());
            const Result<QString> quoted = quoteIdentifier(name);
            if (mode == u"IN" || !quoted)
                continue;
            Variable variable;
            variable.name = "@qasyncmysql_" + QByteArray::number(i + 1);
            variable.selection = typed(variable.name, row, isMariaDb) + " AS " + quoted->toUtf8();
            variable.parameter = i;
            variable.isIn = mode == u"INOUT";
            m_variables.push_back(std::move(variable));
        }
        set(context);
        return Next::More;
    }
    case Step::Setting:
        call(context);
        return Next::More;
    case Step::Calling:
        m_executed = true;
        m_results = m_answer->take();
        if (m_variables.empty()) {
            m_result = CallResult(m_results);
            return Next::Done;
        }
        read(context);
        return Next::More;
    case Step::Reading:
        m_result = CallResult(m_results, m_answer->take());
        break;
    case Step::Clearing:
        break;
    }
    return clear(context);
}

void CallCommand::set(CommandContext &context)
{
    QByteArrayList values;
    for (const Variable &variable : m_variables) {
        if (variable.isIn)
            values.append(variable.name + " = " + literal(m_parameters.at(variable.parameter)));
    }
    if (values.isEmpty())
        call(context);
    else
        say(context, Step::Setting, "SET " + joined(values));
}

void CallCommand::call(CommandContext &context)
{
    QByteArrayList values;
    for (const Parameter &parameter : std::as_const(m_parameters))
        values.append(literal(parameter));
    for (const Variable &variable : m_variables)
        values[variable.parameter] = variable.name;
    say(context, Step::Calling, m_call.toUtf8() + '(' + joined(values) + ')');
}

void CallCommand::read(CommandContext &context)
{
    QByteArrayList values;
    for (const Variable &variable : m_variables)
        values.append(variable.selection);
    say(context, Step::Reading, "SELECT " + joined(values));
}

// What comes of it is of no interest: the values would only lie about.
Command::Next CallCommand::clear(CommandContext &context)
{
    if (m_variables.empty())
        return Next::Done;
    QByteArrayList values;
    for (const Variable &variable : m_variables)
        values.append(variable.name + " = NULL");
    say(context, Step::Clearing, "SET " + joined(values));
    return Next::More;
}

void CallCommand::stopped(const Error &error)
{
    const bool executed = m_executed || (m_step == Step::Calling && m_answer->hasResults());
    fail(error.withOutcome(executed ? Error::Outcome::Executed : Error::Outcome::NotExecuted));
}

void CallCommand::deliver()
{
    if (m_error)
        m_completion->complete(m_error);
    else
        m_completion->complete(m_result);
}

} // namespace QAsyncMySql::Internal
