// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/parameter.h>

#include "values/parameterencoders.h"
#include "values/parameterextra.h"

#include <QtCore/QBitArray>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QUuid>

namespace QAsyncMySql {

namespace {

// QJsonDocument writes objects and arrays only; a lone value is written as the member of an array.
QByteArray jsonText(const QJsonValue &value)
{
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

} // namespace

Json::Json(const QJsonDocument &document)
    : m_utf8(document.isNull() ? QByteArrayLiteral("null") : document.toJson(QJsonDocument::Compact))
{
}

Json::Json(const QJsonValue &value)
    : m_utf8(jsonText(value))
{
}

Json::Json(const QString &text)
    : m_utf8(text.toUtf8())
{
}

Json Json::fromVariant(const QVariant &value)
{
    return Json(QJsonValue::fromVariant(value));
}

Parameter::Parameter(const QJsonDocument &json)
    : Parameter(Json(json))
{
}

Parameter::Parameter(const QJsonObject &json)
    : Parameter(Json(QJsonValue(json)))
{
}

Parameter::Parameter(const QJsonArray &json)
    : Parameter(Json(QJsonValue(json)))
{
}

Parameter::Parameter(const QJsonValue &json)
    : Parameter(Json(json))
{
}

Parameter::Parameter(const Json &json)
    : Parameter(Kind::Json, json.toUtf8())
{
}

Parameter Parameter::fromVariant(const QVariant &value)
{
    if (!value.isValid() || value.isNull())
        return Parameter();
    const auto as
        = [&value]<class T>(const T *) { return Parameter(*static_cast<const T *>(value.constData())); };
    const QMetaType type = value.metaType();
    switch (type.id()) {
    case QMetaType::Nullptr:
        return Parameter();
    case QMetaType::Bool:
        return Parameter(value.toBool());
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::Short:
    case QMetaType::Int:
    case QMetaType::Long:
    case QMetaType::LongLong:
        return Parameter(value.toLongLong());
    case QMetaType::UChar:
    case QMetaType::UShort:
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        return Parameter(value.toULongLong());
    case QMetaType::Float:
        return Parameter(value.toFloat());
    case QMetaType::Double:
        return Parameter(value.toDouble());
    case QMetaType::QString:
        return as(static_cast<const QString *>(nullptr));
    case QMetaType::QChar:
        return Parameter(QString(value.toChar()));
    case QMetaType::QByteArray:
        return as(static_cast<const QByteArray *>(nullptr));
    case QMetaType::QBitArray:
        return as(static_cast<const QBitArray *>(nullptr));
    case QMetaType::QDate:
        return Parameter(value.toDate());
    case QMetaType::QTime:
        return Parameter(value.toTime());
    case QMetaType::QDateTime:
        return Parameter(value.toDateTime());
    case QMetaType::QUuid:
        return Parameter(value.toUuid());
    case QMetaType::QUrl:
        return Parameter(value.toString());
    default:
        break;
    }
    if (type == QMetaType::fromType<Parameter>())
        return *static_cast<const Parameter *>(value.constData());
    if (type == QMetaType::fromType<Decimal>())
        return as(static_cast<const Decimal *>(nullptr));
    if (type == QMetaType::fromType<SqlTime>())
        return as(static_cast<const SqlTime *>(nullptr));
    if (type == QMetaType::fromType<QList<float>>())
        return as(static_cast<const QList<float> *>(nullptr));

    const QString name = QString::fromLatin1(type.name());
    switch (type.id()) {
    case QMetaType::QVariantList:
    case QMetaType::QStringList:
        return invalid(
            QStringLiteral("a QVariant with a %1 is no single value; use InList or Json").arg(name));
    case QMetaType::QVariantMap:
    case QMetaType::QVariantHash:
    case QMetaType::QJsonValue:
    case QMetaType::QJsonObject:
    case QMetaType::QJsonArray:
    case QMetaType::QJsonDocument:
        return invalid(QStringLiteral("a QVariant with a %1 is no single value; use Json").arg(name));
    default:
        break;
    }
    if (const Internal::VariantEncoder encode = Internal::encoderOf(type))
        return encode(value);
    if (type.flags().testFlag(QMetaType::IsEnumeration))
        return Parameter(value.toLongLong());
    return invalid(
        QStringLiteral("there is no SQL type for a QVariant with a %1; call registerParameterEncoder() "
                       "for that type")
            .arg(name));
}

} // namespace QAsyncMySql
