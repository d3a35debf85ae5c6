using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Reads one file whole, and only in a state that it had all the time while it was read.</summary>
internal sealed class FileReader(FileTree tree, DirectoryOptions options, byte[] root)
{
    private const int Attempts = 3;

    private readonly FileFormats _formats = new(options);

    public FileTree Tree => tree;

    /// <param name="below">The path below the source's folder.</param>
    public ChangeToken TokenOf(ReadOnlySpan<byte> below, in FileStamp stamp) => stamp.TokenFor(_formats.ReadingOf(below));

    /// <param name="below">The path below the source's folder.</param>
    /// <param name="item">How the file is named in an error.</param>
    /// <exception cref="ItemException">The file cannot be taken as it is now.</exception>
    public ValueTask<ReadFile> ReadAsync(
        ReadOnlySpan<byte> below, string item, string id, CancellationToken cancellationToken)
    {
        byte[] path = [.. root, (byte)'/', .. below];
        return _formats.OutsideOf(below) is { } outside
            ? new ValueTask<ReadFile>(ReadOutsideAsync(outside, path, item, id, cancellationToken))
            : Read(path, item, id, cancellationToken);
    }

    private ValueTask<ReadFile> Read(byte[] path, string item, string id, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var moment = options.Clock.GetUtcNow();
            if (Load(path, item, out var stamp) is { } content)
            {
                var extracting = WorkWatch.Default.RunAsync(
                    _formats.ExtractorOf(id).Unpacks ? long.MaxValue : content.Count,
                    item,
                    () => Extract(_formats.ExtractorOf(id), content, item),
                    cancellationToken);
                return extracting.IsCompletedSuccessfully
                    ? new ValueTask<ReadFile>(FileOf(path, id, extracting.Result, stamp, moment))
                    : AwaitAsync(extracting, path, id, stamp, moment);
            }
        }

        throw FileRefusal.Changing(item, Attempts);
    }

    private async ValueTask<ReadFile> AwaitAsync(
        ValueTask<ExtractedText> extracting, byte[] path, string id, FileStamp stamp, DateTimeOffset moment) =>
        FileOf(path, id, await extracting.ConfigureAwait(false), stamp, moment);

    /// <returns>The file's bytes in a pooled buffer; null: it changed meanwhile.</returns>
    private ArraySegment<byte>? Load(byte[] path, string item, out FileStamp stamp)
    {
        using var file = Open(path, item, out var before);
        stamp = before.Stamp;

        // One byte more than there should be, so that growth shows.
        var buffer = ArrayPool<byte>.Shared.Rent((int)stamp.Size + 1);
        var isWhole = false;
        try
        {
            isWhole = ReadOnce(file, before, item, buffer);
        }
        finally
        {
            if (!isWhole)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        return isWhole ? new ArraySegment<byte>(buffer, 0, (int)stamp.Size) : default(ArraySegment<byte>?);
    }

    /// <summary>Gives the buffer back when it is done, for nobody else knows when that is.</summary>
    private static ExtractedText Extract(ITextExtractor extractor, ArraySegment<byte> content, string item)
    {
        try
        {
            return extractor.Extract(item, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileRefusal.Unreadable(item, e.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content.Array!);
        }
    }

    /// <summary>The file is opened first, so that one that cannot be read fails as any other does.</summary>
    private async Task<ReadFile> ReadOutsideAsync(
        IFileExtractor extractor, byte[] path, string item, string id, CancellationToken cancellationToken)
    {
        var name = Encoding.UTF8.GetString(path);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var moment = options.Clock.GetUtcNow();
            using var file = Open(path, item, out var before);
            var extracted = await extractor.ExtractAsync(new OpenFile(name, file), item, cancellationToken).ConfigureAwait(false);
            if (IsStill(file, path, before))
            {
                return FileOf(path, id, extracted, before.Stamp, moment);
            }
        }

        throw FileRefusal.Changing(item, Attempts);
    }

    /// <summary>Neither has the file changed that was looked at, nor does the path lead to another one.</summary>
    private bool IsStill(SafeFileHandle file, byte[] path, FileState before)
    {
        if (tree.Look(file, out var after) is not null || after.Stamp != before.Stamp)
        {
            return false;
        }

        using var now = tree.OpenFile(path, out _);
        return now is not null && tree.Look(now, out var there) is null && there.Stamp == before.Stamp;
    }

    private SafeFileHandle Open(byte[] path, string item, out FileState state)
    {
        state = default;
        var file = tree.OpenFile(path, out var fault);
        if (file is null || (fault = tree.Look(file, out state)) is not null)
        {
            file?.Dispose();
            throw FileRefusal.Of(tree, path, item, fault!);
        }

        try
        {
            FileRefusal.Check(item, state, options.MaxFileBytes);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private ReadFile FileOf(byte[] path, string id, ExtractedText extracted, in FileStamp stamp, DateTimeOffset moment) => new(
        new Document
        {
            Id = id,
            SourceId = id,
            Text = extracted.Text,
            Metadata = extracted.Metadata,
            ChangedAt = stamp.ModifiedAt,
            Token = stamp.IsRacy(moment) ? ChangeToken.None : TokenOf(path.AsSpan(root.Length + 1), stamp),
        },
        extracted.Warnings);

    /// <returns>False: the file changed meanwhile.</returns>
    private bool ReadOnce(SafeFileHandle file, FileState before, string item, Span<byte> buffer)
    {
        try
        {
            int length = 0, read;
            while (length < buffer.Length && (read = RandomAccess.Read(file, buffer[length..], length)) > 0)
            {
                length += read;
            }

            return length == before.Stamp.Size
                && tree.Look(file, out var after) is null
                && after.Stamp == before.Stamp;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileRefusal.Unreadable(item, e.Message);
        }
    }
}
