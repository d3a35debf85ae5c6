using System.Runtime.CompilerServices;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;

namespace Tidemark.Postgres.Feeding;

/// <summary>From messages of the log to documents' ids and rows. A key that changes is the end of one document and the beginning of another.</summary>
internal sealed class LogDecoder
{
    private readonly Dictionary<uint, string[]> _columns = [];

    /// <summary>What columns the next rows have; it comes before the first of a table, and whenever the table has changed.</summary>
    /// <exception cref="TidemarkException"><c>feed.setup</c>: a column of the id is gone.</exception>
    public void Learn(RelationMessage relation, SourceTable? table)
    {
        string[] names = [.. relation.Columns.Select(column => column.ColumnName)];
        _columns[relation.RelationId] = names;
        if (table?.Mapper.Pattern.Fields.FirstOrDefault(field => !names.Contains(field, StringComparer.Ordinal)) is { } field)
        {
            throw FeedErrors.Setup(
                $"the table '{table.Name}' has no column '{field}' any more", "name in PostgresFeedOptions.Tables what the id is made of now, then: PostgresFeed.RunAsync(Repair)");
        }
    }

    /// <returns>A row that is null: the document is gone. An id that is null: the row makes no document.</returns>
    public async IAsyncEnumerable<(SourceTable Table, string? Id, FeedRow? Row)> ReadAsync(
        PgOutputReplicationMessage message, Dictionary<uint, SourceTable> tables, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var relation = message switch
        {
            InsertMessage insert => insert.Relation,
            UpdateMessage update => update.Relation,
            DeleteMessage delete => delete.Relation,
            _ => null,
        };
        if (relation is null || tables.GetValueOrDefault(relation.RelationId) is not { } table)
        {
            yield break;
        }

        var names = _columns[relation.RelationId];
        var (old, row) = message switch
        {
            InsertMessage insert => (null, await RowAsync(table, names, insert.NewRow, cancellationToken).ConfigureAwait(false)),
            FullUpdateMessage full => (await RowAsync(table, names, full.OldRow, cancellationToken).ConfigureAwait(false),
                await RowAsync(table, names, full.NewRow, cancellationToken).ConfigureAwait(false)),
            IndexUpdateMessage key => (await RowAsync(table, names, key.Key, cancellationToken).ConfigureAwait(false),
                await RowAsync(table, names, key.NewRow, cancellationToken).ConfigureAwait(false)),
            UpdateMessage update => (null, await RowAsync(table, names, update.NewRow, cancellationToken).ConfigureAwait(false)),
            FullDeleteMessage full => (await RowAsync(table, names, full.OldRow, cancellationToken).ConfigureAwait(false), (FeedRow?)null),
            KeyDeleteMessage key => (await RowAsync(table, names, key.Key, cancellationToken).ConfigureAwait(false), null),
            _ => ((FeedRow?)null, null),
        };
        if (message is FullUpdateMessage)
        {
            row!.FillFrom(old!);
        }
        else if (message is IndexUpdateMessage)
        {
            row!.FillFrom(old!.Only(table.Mapper.Pattern.Fields)); // a null of another column says nothing
        }

        var formerId = old is null ? null : table.Mapper.IdOf(old);
        if (row is null)
        {
            yield return (table, formerId, null);
            yield break;
        }

        var id = table.Mapper.IdOf(row);
        if (formerId is not null && formerId != id)
        {
            yield return (table, formerId, null);
        }

        yield return (table, id, row);
    }

    private static async Task<FeedRow> RowAsync(
        SourceTable table, string[] names, ReplicationTuple tuple, CancellationToken cancellationToken)
    {
        var row = new FeedRow();
        foreach (var column in table.Mapper.Columns.Where(column => !names.Contains(column, StringComparer.Ordinal)))
        {
            row.Miss(column);
        }

        var at = 0;
        await foreach (var value in tuple.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var name = names[at++];
            if (!table.Mapper.Types.ContainsKey(name) || !table.Mapper.Columns.Contains(name, StringComparer.Ordinal))
            {
                continue;
            }

            if (value.Kind == TupleDataKind.UnchangedToastedValue)
            {
                row.Miss(name);
            }
            else
            {
                row.Set(name, value.Kind == TupleDataKind.Null ? null : await value.Get<string>(cancellationToken).ConfigureAwait(false));
            }
        }

        return row;
    }
}
