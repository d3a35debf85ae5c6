using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Feeding;

/// <summary>Rows of one table by the columns of their ids.</summary>
internal sealed class KeyedRows(NpgsqlConnection connection, SourceTable table)
{
    /// <param name="keys">Values of the id's columns, in their order; those that are none of the column's type find nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<FeedRow> ReadAsync(IReadOnlyList<string[]> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var fields = table.Mapper.Pattern.Fields;
        var lists = string.Join(", ", fields.Select((_, i) => $"${i + 1}"));
        var names = string.Join(", ", fields.Select((_, i) => $"c{i}"));
        var valid = string.Join(" and ", fields.Select((field, i) => $"pg_input_is_valid(c{i}, {Literal(table.TypeNameOf(field))})"));
        var typed = string.Join(", ", fields.Select((field, i) => $"case when {valid} then c{i}::{table.TypeNameOf(field)} end as t{i}"));
        var same = string.Join(" and ", fields.Select((field, i) => $"x.{StoreAddress.Quote(field)} = k.t{i}"));
        object[] parameters =
        [
            .. Enumerable.Range(0, fields.Count).Select(i => (object)keys.Select(key => key[i]).ToArray()),
        ];
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"select {table.Selected} from (select distinct {typed} from unnest({Typed(lists)}) u({names})) k join {table.Quoted} x on {same}");
        await foreach (var row in SourceDatabase.StreamAsync(connection, sql, parameters, cancellationToken).ConfigureAwait(false))
        {
            yield return table.RowOf(row);
        }
    }

    private static string Typed(string lists) => string.Join(", ", lists.Split(", ").Select(list => list + "::text[]"));

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
