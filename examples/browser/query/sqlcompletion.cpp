// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "query/sqlcompletion.h"

#include "query/sqlwords.h"

#include <QAsyncMySql/schemamodel.h>
#include <QAsyncMySql/sql.h>

#include <QtCore/QRegularExpression>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>

using namespace QAsyncMySql;

namespace {

constexpr qsizetype ShortestWord = 2; // that makes the list come by itself

QString unquoted(QString name)
{
    if (name.startsWith(QLatin1Char('`')))
        name = name.mid(1, name.size() - 2).replace(QLatin1String("``"), QLatin1String("`"));
    return name;
}

// As it is to be written: in backticks where it needs them.
QString written(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z_$][\\w$]*\\z"));
    if (plain.match(name).hasMatch() && !sqlWords().contains(name.toLower()))
        return name;
    const Result<QString> quoted = quoteIdentifier(name);
    return quoted ? *quoted : name;
}

class NamedTable
{
public:
    QString schema; // may be empty
    QString table;
    QString alias; // may be empty
};

// The tables that a statement names behind FROM, JOIN, UPDATE and INTO.
QList<NamedTable> namedTables(const QString &sql)
{
    static const QString name = QStringLiteral("(`(?:[^`]|``)+`|[\\w$]+)");
    static const QRegularExpression pattern(
        QStringLiteral("\\b(?:from|join|update|into)\\s+(?:%1\\s*\\.\\s*)?%1(?:\\s+(?:as\\s+)?%1)?")
            .arg(name),
        QRegularExpression::CaseInsensitiveOption);
    QList<NamedTable> tables;
    for (const QRegularExpressionMatch &match : pattern.globalMatch(sql)) {
        const QString alias = match.captured(3);
        tables.append({unquoted(match.captured(1)), unquoted(match.captured(2)),
                       sqlWords().contains(alias.toLower()) ? QString() : unquoted(alias)});
    }
    return tables;
}

bool isSame(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

SqlCompletion::SqlCompletion(QPlainTextEdit *editor)
    : QObject(editor)
    , m_editor(editor)
    , m_completer(new QCompleter(this))
{
    m_completer->setModel(&m_words);
    m_completer->setWidget(editor);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &SqlCompletion::insert);
}

void SqlCompletion::setSchemas(SchemaModel *schemas, const QString &defaultSchema)
{
    if (m_schemas)
        m_schemas->disconnect(this);
    m_schemas = schemas;
    m_defaultSchema = defaultSchema;
    if (schemas) {
        connect(schemas, &SchemaModel::loaded, this, [this] {
            if (std::exchange(m_waiting, false) && m_wanted && m_editor->hasFocus())
                show(m_completer->popup()->isVisible() || wordBefore().size() >= ShortestWord);
        });
    }
}

QString SqlCompletion::textBefore() const
{
    return m_editor->toPlainText().left(m_editor->textCursor().position());
}

QString SqlCompletion::wordBefore() const
{
    static const QRegularExpression word(QStringLiteral("[\\w$]*\\z"));
    return word.match(textBefore()).captured();
}

QModelIndex SqlCompletion::schemaNode(const QString &name)
{
    for (int row = 0; m_schemas && row < m_schemas->rowCount(); ++row) {
        const QModelIndex node = m_schemas->index(row, 0);
        if (isSame(node.data().toString(), name))
            return node;
    }
    return {};
}

QModelIndex SqlCompletion::tableNode(const QString &schema, const QString &table)
{
    const QModelIndex parent = schemaNode(schema.isEmpty() ? m_defaultSchema : schema);
    if (!parent.isValid())
        return {};
    namesBelow(parent, false); // has them read
    for (int row = 0; row < m_schemas->rowCount(parent); ++row) {
        const QModelIndex node = m_schemas->index(row, 0, parent);
        if (isSame(node.data().toString(), table))
            return node;
    }
    return {};
}

QStringList SqlCompletion::namesBelow(const QModelIndex &parent, bool columns)
{
    QStringList names;
    if (!parent.isValid())
        return names;
    if (m_schemas->canFetchMore(parent)) {
        m_waiting = true;
        m_schemas->fetchMore(parent);
    }
    for (int row = 0; row < m_schemas->rowCount(parent); ++row) {
        const QModelIndex node = m_schemas->index(row, 0, parent);
        const auto kind = SchemaModel::Kind(node.data(SchemaModel::KindRole).toInt());
        if (!columns || kind == SchemaModel::Kind::Column)
            names.append(written(node.data().toString()));
    }
    return names;
}

QStringList SqlCompletion::columnsOfNamedTables()
{
    QStringList names;
    for (const NamedTable &table : namedTables(m_editor->toPlainText())) {
        names += namesBelow(tableNode(table.schema, table.table), true);
        if (!table.alias.isEmpty())
            names.append(written(table.alias));
    }
    return names;
}

QStringList SqlCompletion::candidates()
{
    static const QRegularExpression qualifier(QStringLiteral("(`(?:[^`]|``)+`|[\\w$]+)\\.[\\w$]*\\z"));
    const QRegularExpressionMatch match = qualifier.match(textBefore());
    QStringList names;
    if (match.hasMatch()) {
        const QString name = unquoted(match.captured(1));
        for (const NamedTable &table : namedTables(m_editor->toPlainText())) {
            if (isSame(table.alias, name) || isSame(table.table, name))
                names += namesBelow(tableNode(table.schema, table.table), true);
        }
        if (names.isEmpty())
            names = namesBelow(schemaNode(name), false);
    } else {
        names = columnsOfNamedTables();
        names += namesBelow(schemaNode(m_defaultSchema), false);
        for (int row = 0; m_schemas && row < m_schemas->rowCount(); ++row)
            names.append(written(m_schemas->index(row, 0).data().toString()));
        for (const QString &word : sqlWords())
            names.append(word.toUpper());
    }
    names.removeDuplicates();
    return names;
}

bool SqlCompletion::handleKey(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        show(true);
        return true;
    }
    if (!m_completer->popup()->isVisible())
        return false;
    switch (event->key()) {
    case Qt::Key_Enter:
    case Qt::Key_Return:
    case Qt::Key_Escape:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        event->ignore(); // for the list
        return true;
    default:
        return false;
    }
}

void SqlCompletion::keyWritten(QKeyEvent *event)
{
    const QString text = event->text();
    const bool letter = !text.isEmpty() && (text.front().isLetterOrNumber() || text == QLatin1String("_"));
    const bool shown = m_completer->popup()->isVisible();
    if (text == QLatin1String(".") || (letter && (shown || wordBefore().size() >= ShortestWord))
        || (shown && event->key() == Qt::Key_Backspace))
        show(shown && !wordBefore().isEmpty());
    else if (shown)
        hide();
}

void SqlCompletion::show(bool always)
{
    const QString word = wordBefore();
    const bool behindPoint = textBefore().chopped(word.size()).endsWith(QLatin1Char('.'));
    if (!always && !behindPoint && word.size() < ShortestWord) {
        m_completer->popup()->hide();
        return;
    }
    m_wanted = true; // what comes later, too
    m_words.setStringList(candidates());
    m_completer->setCompletionPrefix(word);
    const int count = m_completer->completionCount();
    // Nothing to add to what is written.
    if (count == 0 || (count == 1 && isSame(m_completer->currentCompletion(), word))) {
        m_completer->popup()->hide();
        return;
    }
    QAbstractItemView *popup = m_completer->popup();
    popup->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = m_editor->cursorRect();
    place.translate(-m_editor->fontMetrics().horizontalAdvance(word), 0);
    place.setWidth(popup->sizeHintForColumn(0) + popup->verticalScrollBar()->sizeHint().width() + 12);
    m_completer->complete(place);
}

void SqlCompletion::hide()
{
    m_wanted = false;
    m_completer->popup()->hide();
}

void SqlCompletion::insert(const QString &word)
{
    QTextCursor cursor = m_editor->textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(wordBefore().size()));
    cursor.insertText(word);
    m_editor->setTextCursor(cursor);
}
