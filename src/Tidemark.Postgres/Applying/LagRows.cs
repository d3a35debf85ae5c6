using Npgsql;
using Tidemark.Postgres.Storage;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>Collects how late the changes of a batch were: rows of <c>freshness</c>.</summary>
internal sealed class LagRows(DateTimeOffset now)
{
    private const string AddRows = """
        insert into freshness as f (namespace, hour, kind, lag, changes)
        select $1, $2, u.kind, u.lag, u.changes from unnest($3::smallint[], $4::int[], $5::bigint[]) u(kind, lag, changes)
        on conflict (namespace, hour, kind, lag) do update set changes = f.changes + excluded.changes
        """;

    private readonly SortedDictionary<(bool IsFirstLoad, int Lag), long> _changes = [];

    public void Add(ChangeMoment? changed)
    {
        if (changed is { } moment)
        {
            var key = (moment.IsFirstLoad, LagScale.PositionOf(now - moment.At));
            _changes[key] = _changes.GetValueOrDefault(key) + 1;
        }
    }

    public void Write(NpgsqlBatch statements, long @namespace)
    {
        if (_changes.Count > 0)
        {
            statements.Add(
                AddRows,
                Sql.Of(@namespace),
                Sql.Of(StoreTime.HourOf(now)),
                Sql.Of(_changes.Keys.Select(key => key.IsFirstLoad ? (short)1 : (short)0).ToArray()),
                Sql.Of(_changes.Keys.Select(key => key.Lag).ToArray()),
                Sql.Of(_changes.Values.ToArray()));
        }
    }
}
