// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "benchmarks/peers/benchmark.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace Bench {

namespace {

double seconds(const timeval &from, const timeval &to)
{
    return double(to.tv_sec - from.tv_sec) + double(to.tv_usec - from.tv_usec) * 1e-6;
}

} // namespace

Arguments::Arguments(int count, char **values)
{
    if (count < 3) {
        std::fprintf(stderr, "usage: %s WORKLOAD PORT [key=value ...]\n", values[0]);
        std::exit(2);
    }
    m_workload = values[1];
    m_port = std::uint16_t(std::atoi(values[2]));
    for (int i = 3; i < count; ++i) {
        const std::string_view pair = values[i];
        const auto equals = pair.find('=');
        m_values.insert_or_assign(std::string(pair.substr(0, equals)),
                                  equals == std::string_view::npos ? std::string("1")
                                                                   : std::string(pair.substr(equals + 1)));
    }
}

long Arguments::number(std::string_view key, long fallback) const
{
    const auto found = m_values.find(key);
    return found == m_values.end() ? fallback : std::atol(found->second.c_str());
}

std::string Arguments::text(std::string_view key, std::string_view fallback) const
{
    const auto found = m_values.find(key);
    return found == m_values.end() ? std::string(fallback) : found->second;
}

void unsupported(const Arguments &arguments, const char *why)
{
    std::printf("{\"workload\":\"%s\",\"unsupported\":\"%s\"}\n", arguments.workload().c_str(), why);
    std::exit(0);
}

void die(std::string_view what, std::string_view why)
{
    std::fprintf(stderr, "%.*s: %.*s\n", int(what.size()), what.data(), int(why.size()), why.data());
    std::exit(1);
}

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// Not ru_maxrss, which a program inherits from the one that started it.
long peakKib()
{
    long kib = 0;
    if (std::FILE *status = std::fopen("/proc/self/status", "r")) {
        char line[256];
        while (std::fgets(line, sizeof line, status)) {
            if (std::sscanf(line, "VmHWM: %ld", &kib) == 1)
                break;
        }
        std::fclose(status);
    }
    return kib;
}

void Meter::start()
{
    m_startKib = peakKib();
    m_bytes = receivedBytes(m_arguments.port());
    getrusage(RUSAGE_SELF, &m_usageBefore);
    m_begin = m_mark = nowNs();
}

void Meter::stop()
{
    m_end = nowNs();
    getrusage(RUSAGE_SELF, &m_usageAfter);
    const std::uint64_t bytes = receivedBytes(m_arguments.port());
    m_bytes = bytes > m_bytes ? bytes - m_bytes : 0;
}

void Meter::lap()
{
    const std::int64_t now = nowNs();
    m_latencies.push_back(now - m_mark);
    m_mark = now;
}

void Meter::print(std::uint64_t rows, std::int64_t check, const std::string &extra)
{
    std::printf("{\"workload\":\"%s\",\"port\":%u,\"rows\":%llu,\"bytes\":%llu,\"wall_s\":%.6f,"
                "\"user_s\":%.6f,\"sys_s\":%.6f,\"max_rss_kib\":%ld,\"start_rss_kib\":%ld,\"check\":%lld",
                m_arguments.workload().c_str(), unsigned(m_arguments.port()),
                static_cast<unsigned long long>(rows), static_cast<unsigned long long>(m_bytes),
                double(m_end - m_begin) * 1e-9, seconds(m_usageBefore.ru_utime, m_usageAfter.ru_utime),
                seconds(m_usageBefore.ru_stime, m_usageAfter.ru_stime), peakKib(), m_startKib,
                static_cast<long long>(check));
    if (!m_latencies.empty()) {
        std::sort(m_latencies.begin(), m_latencies.end());
        const auto percentile = [this](double part) {
            return double(m_latencies[std::size_t(double(m_latencies.size() - 1) * part)]) * 1e-3;
        };
        std::printf(",\"ops\":%zu,\"p50_us\":%.2f,\"p99_us\":%.2f", m_latencies.size(), percentile(0.50),
                    percentile(0.99));
    }
    std::printf(",\"csw\":%ld%s%s}\n",
                (m_usageAfter.ru_nvcsw + m_usageAfter.ru_nivcsw)
                    - (m_usageBefore.ru_nvcsw + m_usageBefore.ru_nivcsw),
                extra.empty() ? "" : ",", extra.c_str());
}

} // namespace Bench
