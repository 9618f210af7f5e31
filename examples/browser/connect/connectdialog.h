// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <QtWidgets/QDialog>

#include <memory>

class MessageBanner;

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
QT_END_NAMESPACE

namespace QAsyncMySql {
class Connection;
class Error;
} // namespace QAsyncMySql

//! Asks where to connect, tries it, and explains what went wrong. It is accepted only with options that work,
//! which it then remembers without their password.
class ConnectDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectDialog(QWidget *parent = nullptr);
    ~ConnectDialog() override;

    void setOptions(const QAsyncMySql::ConnectOptions &options);
    QAsyncMySql::ConnectOptions options() const;
    void showError(const QAsyncMySql::Error &error);

    QComboBox *recent() const { return m_recent; }
    QLineEdit *passwordField() const { return m_password; }
    MessageBanner *banner() const { return m_message; }

public Q_SLOTS:
    //! Tries to connect; accepts the dialog if that works.
    void tryToConnect();

private:
    void build();
    void setBusy(bool busy);
    void chooseCaFile();
    void takeRecent(const QString &url);
    void focusCause(const QAsyncMySql::Error &error);

    QComboBox *m_recent;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_socket;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLineEdit *m_database;
    QComboBox *m_tls;
    QLineEdit *m_caFile;
    MessageBanner *m_message;
    QPushButton *m_connect;
    std::unique_ptr<QAsyncMySql::Connection> m_attempt;
};
