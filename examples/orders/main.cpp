// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "orderservice.h"

#include <QAsyncMySql/migrations.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>

using namespace QAsyncMySql;

/*
    The order entry at the command line: qasyncmysql-orders URL COMMAND…
*/
namespace {

const char Usage[] = "Usage: qasyncmysql-orders mysql://user@host/schema COMMAND\n"
                     "  customer NAME EMAIL            makes or renames a customer\n"
                     "  products [PART OF A NAME]      lists products\n"
                     "  order CUSTOMER PRODUCT:N…      places an order\n"
                     "  cancel ORDER                   takes it back\n"
                     "  report                         orders by month\n"
                     "The schema is made, or brought to the newest version, first.\n";

class Program : public QObject
{
public:
    Program(const ConnectOptions &options, const QStringList &arguments)
        : m_pool(options)
        , m_service(m_pool)
        , m_arguments(arguments)
    {
    }

    void start()
    {
        m_pool.acquire().then(this, [this](const Result<Lease> &lease) {
            if (!lease) {
                end(lease.error());
                return;
            }
            const auto migrations = Migrations::fromDirectory(QStringLiteral(":/migrations"));
            if (!migrations) {
                end(migrations.error());
                return;
            }
            migrations->migrate(**lease).then(
                this, [this, held = *lease](const Result<MigrationReport> &report) mutable {
                    held.release();
                    if (report)
                        run();
                    else
                        end(report.error());
                });
        });
    }

private:
    void run()
    {
        const QString command = m_arguments.value(0);
        if (command == u"customer" && m_arguments.size() == 3) {
            m_service.saveCustomer(m_arguments.at(1), m_arguments.at(2), numberPrinter());
        } else if (command == u"products") {
            ProductFilter filter;
            filter.name = m_arguments.value(1);
            auto reply = m_service.findProducts(filter);
            reply.then(this, [this](const Result<FoundProducts> &found) {
                if (found) {
                    for (const auto &[id, name, price, stock, discontinued] : *found) {
                        Q_UNUSED(discontinued)
                        m_out << id << '\t' << name << '\t' << price.toString() << '\t' << stock << '\n';
                    }
                }
                end(found ? Error() : found.error());
            });
        } else if (command == u"order" && m_arguments.size() > 2) {
            QList<OrderItem> items;
            for (const QString &item : m_arguments.mid(2))
                items.append(OrderItem(item.section(u':', 0, 0).toUInt(), item.section(u':', 1, 1).toInt()));
            m_service.placeOrder(m_arguments.at(1).toUInt(), items, QString(), numberPrinter());
        } else if (command == u"cancel" && m_arguments.size() == 2) {
            m_service.cancelOrder(m_arguments.at(1).toUInt(), [this](const Result<bool> &removed) {
                if (removed)
                    m_out << (*removed ? "cancelled\n" : "there is no such order\n");
                end(removed ? Error() : removed.error());
            });
        } else if (command == u"report") {
            m_service.report([this](const Result<QList<ReportLine>> &lines) {
                if (lines) {
                    for (const ReportLine &line : *lines)
                        m_out << line.month << '\t' << line.rank << '\t' << line.customer << '\t'
                              << line.orders << '\t' << line.total.toString() << '\n';
                }
                end(lines ? Error() : lines.error());
            });
        } else {
            end(Error(Error::Kind::Usage, QString::fromLatin1(Usage)));
        }
    }

    OrderService::Callback<quint32> numberPrinter()
    {
        return [this](const Result<quint32> &number) {
            if (number)
                m_out << *number << '\n';
            end(number ? Error() : number.error());
        };
    }

    void end(const Error &error)
    {
        m_out.flush();
        if (error)
            QTextStream(stderr) << error.message() << '\n';
        m_pool.close().then(this,
                            [code = error ? 1 : 0](const Result<void> &) { QCoreApplication::exit(code); });
    }

    Pool m_pool;
    OrderService m_service;
    QStringList m_arguments;
    QTextStream m_out{stdout};
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(arguments.value(0));
    if (arguments.size() < 2 || !options) {
        QTextStream(stderr) << (options ? QString::fromLatin1(Usage)
                                        : QString(options.error().message() + u'\n'));
        return 2;
    }
    Program program(*options, arguments.mid(1));
    QTimer::singleShot(0, &program, &Program::start);
    return QCoreApplication::exec();
}
