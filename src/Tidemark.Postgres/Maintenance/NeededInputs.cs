using System.Buffers.Binary;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Maintenance;

/// <summary>
/// The first eight bytes of every input that a chunk has, and what came to it since. Two inputs that share them are both kept: that errs on
/// the safe side and costs a quarter of the memory.
/// </summary>
internal sealed class NeededInputs(PostgresDatabase database)
{
    private const string Inputs = "select g.space, c.input, c.key from chunk c join generation g on g.id = c.generation";

    private const long ManyNew = 20_000;

    private readonly HashSet<(long Space, long Prefix)> _needed = [];

    /// <summary>Of every chunk with such a key or a lower one it is known whether it is there.</summary>
    private long _known;

    /// <summary>Chunks that came since, as they were counted last.</summary>
    private long _new;

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var known = await SettledAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var needed in database.StreamAsync(
            connection => connection.StreamAsync(Inputs, Read, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            _needed.Add(needed);
        }

        _known = known;
    }

    /// <summary>Before a transaction in which much would have to be looked through again.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (_new < ManyNew)
        {
            return;
        }

        var known = await SettledAsync(cancellationToken).ConfigureAwait(false);
        await database.RunAsync(connection => AddNewAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
        (_known, _new) = (known, 0);
    }

    public bool Contains(long space, ContentHash input) => _needed.Contains((space, PrefixOf(input)));

    /// <summary>What is committed by now, in the caller's transaction.</summary>
    public async Task<bool> AddNewAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var added = await connection.ListAsync(
            $"{Inputs} where c.key > $1", Read, cancellationToken, Sql.Of(_known)).ConfigureAwait(false);
        _needed.UnionWith(added);
        _new = added.Count;
        return true;
    }

    /// <summary>
    /// The last key of which it is known that whoever took it or a lower one has ended: keys are taken behind the row of the namespace, which
    /// is had here for a moment when that one has let go of it.
    /// </summary>
    private async Task<long> SettledAsync(CancellationToken cancellationToken)
    {
        var last = await database.RunAsync(
            connection => connection.ScalarAsync<long>("select last_value from chunk_key", cancellationToken), cancellationToken).ConfigureAwait(false);
        var namespaces = await database.RunAsync(
            connection => connection.ListAsync("select id from namespace", row => row.GetInt64(0), cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var @namespace in namespaces)
        {
            await database.InTransactionAsync(
                connection => connection.ExecuteAsync(
                    "select 1 from namespace where id = $1 for no key update", cancellationToken, Sql.Of(@namespace)),
                cancellationToken).ConfigureAwait(false);
        }

        return last;
    }

    private static (long Space, long Prefix) Read(NpgsqlDataReader row) => (row.GetInt64(0), PrefixOf(row.GetHash(1)));

    private static long PrefixOf(ContentHash input) => BinaryPrimitives.ReadInt64BigEndian(input.ToArray());
}
