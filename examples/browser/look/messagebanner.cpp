// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "look/messagebanner.h"

#include "errorexplanation.h"
#include "look/theme.h"

#include <QAsyncMySql/error.h>

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace QAsyncMySql;

MessageBanner::MessageBanner(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_button(new QPushButton)
{
    m_text->setTextFormat(Qt::PlainText); // it may hold text of the server
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFocusPolicy(Qt::ClickFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &MessageBanner::buttonPressed);
    hide();
}

void MessageBanner::showError(const Error &error)
{
    if (!error.isError()) {
        clear();
        return;
    }
    const ErrorExplanation why = ErrorExplanation::of(error);
    QString text = why.title + QLatin1String(": ") + why.message;
    if (!why.advice.isEmpty())
        text += QLatin1Char('\n') + why.advice;
    showMessage(text);
    m_bad = true;
    update();
}

void MessageBanner::showMessage(const QString &text, const QString &buttonText)
{
    m_bad = false;
    m_text->setText(text);
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    setVisible(!text.isEmpty());
    update();
}

QString MessageBanner::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageBanner::clear()
{
    showMessage(QString());
}

void MessageBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_bad ? Theme::badBackground(palette()) : Theme::editedBackground(palette()));
    painter.fillRect(0, 0, 3, height(), m_bad ? Theme::bad(palette()) : QColor(0xc9962b));
}
