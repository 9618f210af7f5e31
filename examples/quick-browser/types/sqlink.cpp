// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/sqlink.h"

#include "sql/sqlhighlighter.h"

void SqlInk::setDocument(QQuickTextDocument *document)
{
    if (m_document == document)
        return;
    delete m_highlighter;
    m_document = document;
    if (document)
        m_highlighter = new SqlHighlighter(document->textDocument(), m_dark);
    Q_EMIT documentChanged();
}

void SqlInk::setDark(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    if (m_highlighter)
        m_highlighter->setDark(dark);
    Q_EMIT darkChanged();
}

void SqlInk::mark(int position, int length)
{
    if (m_highlighter)
        m_highlighter->setMark(position, length);
}
