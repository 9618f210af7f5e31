// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rolenames.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype MaximumNameLength = 64;

const QSet<QString> &takenNames()
{
    static const QSet<QString> names = [] {
        static constexpr const char *words[]
            = {// roles of every model, and ours
               "display", "edit", "decoration", "toolTip", "statusTip", "whatsThis", "textAlignment", "raw",
               "isNull", "typeName", "columnName", "loaded", "cellState", "rowState", "errorText",
               "baseValue", "choices",
               // what a delegate's context holds
               "model", "modelData", "index", "row", "column", "hasModelChildren",
               // what every object has
               "objectName", "objectNameChanged", "destroyed", "destroy", "deleteLater", "parent", "data",
               "children", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf",
               "propertyIsEnumerable", "constructor", "prototype", "__proto__", "__defineGetter__",
               "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
               // ECMAScript: keywords, reserved words and literals
               "arguments", "as", "async", "await", "break", "case", "catch", "class", "const", "continue",
               "debugger", "default", "delete", "do", "else", "enum", "eval", "export", "extends", "false",
               "finally", "for", "from", "function", "get", "if", "implements", "import", "in", "instanceof",
               "interface", "let", "new", "null", "of", "package", "private", "protected", "public", "return",
               "set", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined",
               "var", "void", "while", "with", "yield",
               // QML
               "alias", "component", "on", "pragma", "property", "readonly", "required", "signal"};
        QSet<QString> set;
        for (const char *word : words)
            set.insert(QString::fromLatin1(word));
        return set;
    }();
    return names;
}

// "ID" to "id", "URLPath" to "urlPath", "Name" to "name".
void lowerStart(QString &name)
{
    qsizetype capitals = 0;
    while (capitals < name.size() && name.at(capitals).isUpper())
        ++capitals;
    if (capitals > 1 && capitals < name.size() && name.at(capitals).isLower())
        --capitals;
    for (qsizetype i = 0; i < capitals; ++i)
        name[i] = name.at(i).toLower();
}

QString identifierFor(const QString &columnName, qsizetype place)
{
    QString name;
    for (const QChar c : QStringView(columnName).first(qMin(columnName.size(), MaximumNameLength))) {
        // Characters outside of the basic plane come as two surrogates, which are no letters.
        const bool good = c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('$');
        name += good ? c : QChar(u'_');
    }
    if (name.count(QLatin1Char('_')) == name.size())
        return QStringLiteral("column%1").arg(place + 1);
    lowerStart(name);
    if (!name.front().isLetter() && name.front() != QLatin1Char('_'))
        name.prepend(QLatin1Char('_'));
    if (takenNames().contains(name))
        name += QLatin1Char('_');
    return name;
}

} // namespace

QList<QByteArray> columnRoleNames(const QStringList &columnNames)
{
    QList<QByteArray> names;
    names.reserve(columnNames.size());
    QSet<QString> used;
    QHash<QString, int> copies;
    for (qsizetype place = 0; place < columnNames.size(); ++place) {
        const QString wanted = identifierFor(columnNames.at(place), place);
        QString name = wanted;
        // Numbers go on where they were left: a result may have 4,096 columns of one name.
        while (used.contains(name))
            name = wanted + QLatin1Char('_') + QString::number(++copies[wanted] + 1);
        used.insert(name);
        names.append(name.toUtf8());
    }
    return names;
}

} // namespace QAsyncMySql::Internal
