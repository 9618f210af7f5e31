// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/tableschema.h"

#include <QtCore/QCoreApplication>

namespace QAsyncMySql::Internal {

namespace {

// For the tools that collect texts for translation.
QString tr(const char *text)
{
    return QCoreApplication::translate("QAsyncMySql::TableModel", text);
}

// The bits of an integer type.
int bitsOf(const QString &type)
{
    if (type == QLatin1String("tinyint"))
        return 8;
    if (type == QLatin1String("smallint"))
        return 16;
    if (type == QLatin1String("mediumint"))
        return 24;
    return type == QLatin1String("int") ? 32 : 64;
}

QString integerRefusal(const TableColumn &column, const QVariant &value)
{
    const int bits = bitsOf(column.dataType);
    if (column.isUnsigned()) {
        const quint64 most = bits == 64 ? ~quint64(0) : (quint64(1) << bits) - 1;
        bool ok = false;
        const quint64 number = value.typeId() == QMetaType::QString
            ? value.toString().trimmed().toULongLong(&ok)
            : value.toULongLong(&ok);
        const bool negative = value.typeId() != QMetaType::ULongLong && value.toDouble() < 0;
        if (!ok || negative || number > most)
            return tr("A whole number from 0 to %1 is needed.").arg(most);
        return QString();
    }
    const qint64 most = qint64((quint64(1) << (bits - 1)) - 1);
    bool ok = false;
    const qint64 number = value.typeId() == QMetaType::QString ? value.toString().trimmed().toLongLong(&ok)
                                                               : value.toLongLong(&ok);
    if (!ok || number > most || number < -most - 1)
        return tr("A whole number from %1 to %2 is needed.").arg(-most - 1).arg(most);
    return QString();
}

} // namespace

QString TableColumn::refusal(const QVariant &value) const
{
    if (generated)
        return tr("The column %1 is computed by the server.").arg(name);
    if (isSpatial())
        return tr("Values of the type %1 cannot be edited.").arg(dataType);
    if (value.isNull() && value.typeId() != QMetaType::QString)
        return nullable || autoIncrement ? QString() : tr("The column %1 must have a value.").arg(name);
    const QString text = value.toString();
    if (isInteger() && value.typeId() != QMetaType::Bool)
        return integerRefusal(*this, value);
    if (dataType == QLatin1String("decimal") || dataType == QLatin1String("double")
        || dataType == QLatin1String("float")) {
        bool ok = false;
        text.trimmed().toDouble(&ok);
        return ok ? QString() : tr("A number is needed.");
    }
    if (isText() && maximumLength >= 0) {
        // The server counts characters; a pair of surrogates is one.
        const qsizetype length
            = dataType.endsWith(QLatin1String("char")) ? text.toUcs4().size() : text.toUtf8().size();
        if (length > maximumLength)
            return tr("The text is longer than %1 characters.").arg(maximumLength);
    }
    if (isBinary() && maximumLength >= 0 && value.toByteArray().size() > maximumLength)
        return tr("The value is longer than %1 bytes.").arg(maximumLength);
    if (dataType == QLatin1String("enum") && !choices.contains(text, Qt::CaseInsensitive))
        return tr("One of these is needed: %1.").arg(choices.join(QLatin1String(", ")));
    if (dataType == QLatin1String("set") && !text.isEmpty()) {
        for (const QString &member : text.split(QLatin1Char(','))) {
            if (!choices.contains(member, Qt::CaseInsensitive))
                return tr("Some of these are needed, separated by commas: %1.")
                    .arg(choices.join(QLatin1String(", ")));
        }
    }
    return QString();
}

} // namespace QAsyncMySql::Internal
