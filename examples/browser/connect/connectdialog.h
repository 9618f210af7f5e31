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
class Error;
class Pool;
} // namespace QAsyncMySql

//! Asks where to connect, tries it, and explains what went wrong. It is accepted only with options that work.
class ConnectDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectDialog(QWidget *parent = nullptr);
    ~ConnectDialog() override;

    void setOptions(const QAsyncMySql::ConnectOptions &options);
    QAsyncMySql::ConnectOptions options() const;
    void showError(const QAsyncMySql::Error &error);

public Q_SLOTS:
    //! Tries to connect; accepts the dialog if that works.
    void tryToConnect();

private:
    void build();
    void setBusy(bool busy);
    void chooseCaFile();

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
    std::unique_ptr<QAsyncMySql::Pool> m_attempt;
};
