using Npgsql;
using Tidemark.Archiving;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Postgres.Copying;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Archiving;

/// <summary>Writes rows of any store, one COPY a table; what this one keeps beside them follows from their values.</summary>
internal sealed class ArchiveWriter(NpgsqlConnection connection) : IAsyncDisposable
{
    private BinaryCopy? _copy;
    private TableShape? _shape;
    private short _columns;

    public async Task WriteAsync(IReadOnlyList<ArchiveRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            if (_shape?.Table != row.Table)
            {
                await CompleteAsync(cancellationToken).ConfigureAwait(false);
                _shape = await TableShape.ReadAsync(connection, row.Table, cancellationToken).ConfigureAwait(false);
                _copy = await BinaryCopy.BeginAsync(connection, _shape.Target, cancellationToken).ConfigureAwait(false);
                _columns = (short)_shape.Target.Split(',').Length;
            }

            Write(row);
            await _copy!.EndRowAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_copy is { } copy)
        {
            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
            _copy = null;
        }
    }

    public ValueTask DisposeAsync() => _copy?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Write(ArchiveRow row)
    {
        _copy!.BeginRow(_columns);
        for (var i = 0; i < row.Values.Count; i++)
        {
            Write(row.Table.Columns[i], row.Values[i]);
        }

        if (row.Table == ArchiveTables.Documents)
        {
            var metadata = (string?)row.Values[row.Table.IndexOf("metadata")];
            _copy.WriteArray(metadata is null ? null : MetadataFacets.Of(DocumentMetadata.FromCanonical(metadata)));
        }
        else if (row.Table == ArchiveTables.Layouts)
        {
            var spans = (ArchivedSpan[])row.Values[row.Table.IndexOf("entries")]!;
            _copy.Write(LayoutSeal.Of(new StoredLayout(
                Array.ConvertAll(spans, span => span.Chunk),
                Array.ConvertAll(spans, span => span.Start),
                Array.ConvertAll(spans, span => span.Length),
                Array.ConvertAll(spans, span => StoreText.EncodeOptional(span.Heading)))));
        }
        else if (row.Table == ArchiveTables.Chunks)
        {
            _copy.Write((int)TokenEstimate.Of((string)row.Values[row.Table.IndexOf("text")]!));
        }
    }

    private void Write(ArchiveColumn column, object? value)
    {
        switch (value)
        {
            case null when column.Kind == ArchiveKind.Layout || _shape!.WholeOf(column) is not null:
                throw new ArgumentException($"The column '{column.Name}' is never null.", nameof(value));
            case null:
                _copy!.Null();
                break;
            case long number:
                Write(_shape!.TypeOf(column), number);
                break;
            case string text when _shape!.WholeOf(column) is not null:
                var (key, whole) = StoreText.KeyOf(text);
                _copy!.WriteText(key);
                _copy.WriteText(whole);
                break;
            case string text:
                _copy!.WriteText(StoreText.Encode(text));
                break;
            case byte[] bytes:
                _copy!.WriteBytes(bytes);
                break;
            case float[] vector:
                _copy!.WriteVector(vector);
                break;
            case ArchivedSpan[] spans:
                Write(spans);
                break;
            default:
                throw new ArgumentException($"A row holds a {value.GetType().Name}.", nameof(value));
        }
    }

    private void Write(ColumnType type, long number)
    {
        switch (type)
        {
            case ColumnType.Boolean:
                _copy!.Write(number != 0);
                break;
            case ColumnType.Int16:
                _copy!.Write(checked((short)number));
                break;
            case ColumnType.Int32:
                _copy!.Write(checked((int)number));
                break;
            default:
                _copy!.Write(number);
                break;
        }
    }

    private void Write(ArchivedSpan[] spans)
    {
        _copy!.WriteArray(Array.ConvertAll(spans, span => span.Chunk));
        _copy.WriteArray(Array.ConvertAll(spans, span => span.Start));
        _copy.WriteArray(Array.ConvertAll(spans, span => span.Length));
        _copy.WriteArray(Array.Exists(spans, span => span.Heading is not null)
            ? Array.ConvertAll(spans, span => StoreText.EncodeOptional(span.Heading))
            : null);
    }
}
