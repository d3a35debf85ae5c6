using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Puts right whether the chunks of a document are its whole text, where hash and text tell.</summary>
internal sealed class PartitionMender(NpgsqlConnection connection, long @namespace)
{
    private const string Turn = """
        update layout set is_partition = not is_partition
        where document = any($2) and generation = (select generation from namespace where id = $1)
        """;

    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<long>();
        await foreach (var page in LivePages.ReadAsync(connection, @namespace, cancellationToken).ConfigureAwait(false))
        {
            wrong.AddRange((await DocumentLoader.CompleteAsync(connection, page, withText: true, cancellationToken).ConfigureAwait(false))
                .Where(document => document.Damage == StoredDocument.WrongPartition)
                .Select(document => document.Record.Glance.Key.Value));
        }

        return wrong.Count == 0 ? 0 : await connection.ExecuteAsync(
            Turn, cancellationToken, Sql.Of(@namespace), Sql.Of([.. wrong])).ConfigureAwait(false);
    }
}
