using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>
/// The store's numbers of source ids that differ from their document's id. They are made outside of the batch's transaction,
/// so that a number stays what it is when the batch is tried again; one that nobody uses in the end does no harm.
/// </summary>
internal static class SourceIds
{
    private const string FindRows = """
        select w.place::int, i.id from unnest($2::text[]) with ordinality w(value, place)
        join source_id i on i.namespace = $1 and i.value = w.value
        """;

    private const string AddRows = """
        insert into source_id (namespace, value, long_value)
        select $1, u.value, u.whole from unnest($2::text[], $3::text[]) u(value, whole) order by u.value
        on conflict do nothing
        """;

    public static async ValueTask<IReadOnlyDictionary<string, long>> FindOrAddAsync(
        PostgresDatabase database, long @namespace, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        var names = writes
            .Select(WriteDecision.SourceIdOf)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var found = new Dictionary<string, long>(names.Length, StringComparer.Ordinal);
        if (names.Length == 0)
        {
            return found;
        }

        var keys = Array.ConvertAll(names, StoreText.KeyOf);
        await FindAsync().ConfigureAwait(false);
        if (found.Count < names.Length)
        {
            await database.RunAsync(
                connection => connection.ExecuteAsync(
                    AddRows, cancellationToken, Sql.Of(@namespace),
                    Sql.Of(Array.ConvertAll(keys, key => key.Key)), Sql.Of(Array.ConvertAll(keys, key => key.Whole))),
                cancellationToken).ConfigureAwait(false);
            await FindAsync().ConfigureAwait(false);
        }

        return found;

        ValueTask<List<long>> FindAsync() => database.RunAsync(
            connection => connection.ListAsync(
                FindRows,
                row => found[names[row.GetInt32(0) - 1]] = row.GetInt64(1),
                cancellationToken,
                Sql.Of(@namespace),
                Sql.Of(Array.ConvertAll(keys, key => key.Key))),
            cancellationToken);
    }
}
