// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "typedparameter.h"

#include "failure.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace QAsyncMySql;

namespace Cli {

static Result<Parameter> notJson(const QString &text, qsizetype number)
{
    return usageError(
        QStringLiteral(
            "With --typed, parameter %1 must be JSON, which \"%2\" is not. Text is written in double "
            "quotes: '\"text\"'.")
            .arg(QString::number(number), text));
}

// QJsonDocument turns numbers into doubles; the server shall get all digits.
static Result<Parameter> numberParameter(const QString &text)
{
    static const QRegularExpression integer(QStringLiteral("^-?(0|[1-9][0-9]*)$"));
    static const QRegularExpression fraction(QStringLiteral("^-?(0|[1-9][0-9]*)\\.[0-9]+$"));
    bool fits = false;
    if (integer.match(text).hasMatch()) {
        if (const qint64 value = text.toLongLong(&fits); fits)
            return Parameter(value);
        if (const quint64 value = text.toULongLong(&fits); fits)
            return Parameter(value);
    }
    if (integer.match(text).hasMatch() || fraction.match(text).hasMatch()) {
        if (const auto decimal = Decimal::fromString(text))
            return Parameter(*decimal);
    }
    return Parameter(text.toDouble());
}

static Result<Parameter> objectParameter(const QJsonObject &object, const QString &text, qsizetype number)
{
    const QJsonValue base64 = object.value(u"base64");
    if (object.size() != 1 || !base64.isString())
        return Parameter(Json(text));
    const auto decoded = QByteArray::fromBase64Encoding(base64.toString().toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return usageError(QStringLiteral("Parameter %1 is not valid base64.").arg(number));
    return Parameter(*decoded);
}

static Result<Parameter> typedParameter(const QString &argument, qsizetype number)
{
    const QString text = argument.trimmed();
    // A document is an object or an array; so any value is read as the only element of one.
    QJsonParseError error;
    const QJsonArray array = QJsonDocument::fromJson(QByteArray('[' + text.toUtf8() + ']'), &error).array();
    if (error.error != QJsonParseError::NoError || array.size() != 1)
        return notJson(text, number);
    const QJsonValue value = array.at(0);
    switch (value.type()) {
    case QJsonValue::Null:
        return Parameter(nullptr);
    case QJsonValue::Bool:
        return Parameter(value.toBool());
    case QJsonValue::Double:
        return numberParameter(text);
    case QJsonValue::String:
        return Parameter(value.toString());
    case QJsonValue::Object:
        return objectParameter(value.toObject(), text, number);
    case QJsonValue::Array:
        return Parameter(Json(text));
    case QJsonValue::Undefined:
        break;
    }
    return notJson(text, number);
}

Result<Parameters> makeParameters(const QStringList &arguments, bool typed)
{
    Parameters parameters;
    for (const QString &argument : arguments) {
        if (!typed) {
            parameters.append(Parameter(argument));
            continue;
        }
        const Result<Parameter> parameter = typedParameter(argument, parameters.size() + 1);
        if (!parameter)
            return parameter.error();
        parameters.append(*parameter);
    }
    return parameters;
}

} // namespace Cli
