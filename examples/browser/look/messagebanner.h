// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace QAsyncMySql {
class Error;
}

//! A message across the top of what it is about, with a button where something can be done; hidden where
//! there is nothing to say. Its text can be marked and copied.
class MessageBanner : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBanner(QWidget *parent = nullptr);

    //! Shows what the error means; hides the banner for none.
    void showError(const QAsyncMySql::Error &error);
    void showMessage(const QString &text, const QString &buttonText = {});
    QString text() const;
    QPushButton *button() const { return m_button; }

public Q_SLOTS:
    void clear();

Q_SIGNALS:
    void buttonPressed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *const m_text;
    QPushButton *const m_button;
    bool m_bad = false;
};
