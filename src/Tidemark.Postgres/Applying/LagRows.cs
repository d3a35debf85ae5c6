using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>Writes how late the changes of a batch were: rows of <c>freshness</c>.</summary>
internal static class LagRows
{
    private const string AddRows = """
        insert into freshness as f (namespace, hour, kind, lag, changes)
        select $1, $2, u.kind, u.lag, u.changes from unnest($3::smallint[], $4::int[], $5::bigint[]) u(kind, lag, changes)
        on conflict (namespace, hour, kind, lag) do update set changes = f.changes + excluded.changes
        """;

    public static void Write(NpgsqlBatch statements, long @namespace, DateTimeOffset now, LagCount[] lags)
    {
        if (lags.Length > 0)
        {
            statements.Add(
                AddRows,
                Sql.Of(@namespace),
                Sql.Of(StoreTime.HourOf(now)),
                Sql.Of(Array.ConvertAll(lags, lag => (short)lag.Kind)),
                Sql.Of(Array.ConvertAll(lags, lag => lag.Position)),
                Sql.Of(Array.ConvertAll(lags, lag => lag.Changes)));
        }
    }
}
