// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/cellcontent.h"

#include "figures.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

using QAsyncMySql::QueryModel;

namespace {

constexpr qsizetype LongestText = 1'000'000; // characters

QString tr(const char *text)
{
    return QCoreApplication::translate("CellContent", text);
}

QString cut(const QString &text)
{
    if (text.size() <= LongestText)
        return text;
    return text.left(LongestText)
        + tr("\n… %1 more characters; an export has all").arg(countText(text.size() - LongestText));
}

} // namespace

CellContent CellContent::of(const QModelIndex &cell)
{
    CellContent content;
    if (!cell.isValid()) {
        content.title = tr("No cell");
        return content;
    }
    const QVariant value = cell.data(Qt::EditRole);
    const QString type = cell.data(QueryModel::TypeNameRole).toString();
    content.title = cell.data(QueryModel::ColumnNameRole).toString() + QLatin1String("   ") + type
        + QLatin1String("   ");
    if (cell.data(QueryModel::IsNullRole).toBool()) {
        content.title += QLatin1String("NULL");
        content.isNull = true;
        return content;
    }
    const bool binary = value.typeId() == QMetaType::QByteArray;
    // An edited value has no bytes of the server's.
    const QByteArray raw = cell.data(QueryModel::RawRole).toByteArray();
    content.bytes = binary ? value.toByteArray() : raw.isEmpty() ? value.toString().toUtf8() : raw;
    content.title += tr("%1 bytes").arg(countText(content.bytes.size()));
    const bool isText = value.typeId() == QMetaType::QString;
    const QString text = binary ? QString::fromUtf8(content.bytes)
        : isText                ? value.toString()
                                : cell.data(Qt::DisplayRole).toString();
    content.text = cut(text);
    if (binary)
        content.image = QImage::fromData(content.bytes);
    if (isText || type == QLatin1String("JSON")) {
        const QJsonDocument json = QJsonDocument::fromJson(text.toUtf8());
        if (json.isObject() || json.isArray())
            content.json = cut(QString::fromUtf8(json.toJson(QJsonDocument::Indented)));
    }
    content.suited = !content.json.isEmpty() ? Json : !content.image.isNull() ? Image : binary ? Bytes : Text;
    return content;
}
