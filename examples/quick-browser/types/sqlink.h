// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QPointer>
#include <QtQml/qqmlregistration.h>
#include <QtQuick/QQuickTextDocument>

class SqlHighlighter;

//! Colours the SQL in a TextArea, and marks what an error is about.
class SqlInk : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QQuickTextDocument *document READ document WRITE setDocument NOTIFY documentChanged FINAL)
    Q_PROPERTY(bool dark READ isDark WRITE setDark NOTIFY darkChanged FINAL)
    QML_ELEMENT

public:
    using QObject::QObject;

    //! The property textDocument of the TextArea.
    QQuickTextDocument *document() const { return m_document; }
    void setDocument(QQuickTextDocument *document);
    bool isDark() const { return m_dark; }
    void setDark(bool dark);
    //! Marks these characters, and no others; a \a length of 0 marks none.
    Q_INVOKABLE void mark(int position, int length);

Q_SIGNALS:
    void documentChanged();
    void darkChanged();

private:
    QPointer<QQuickTextDocument> m_document;
    QPointer<SqlHighlighter> m_highlighter; // the document's child
    bool m_dark = false;
};
