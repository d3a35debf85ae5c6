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

    /// <param name="below">The path below the source's folder.</param>
    public ChangeToken TokenOf(ReadOnlySpan<byte> below, in FileStamp stamp) => stamp.TokenFor(_formats.ReadingOf(below));

    /// <param name="below">The path below the source's folder.</param>
    /// <param name="item">How the file is named in an error.</param>
    /// <exception cref="ItemException">The file cannot be taken as it is now.</exception>
    public ValueTask<Document> ReadAsync(
        ReadOnlySpan<byte> below, string item, string id, CancellationToken cancellationToken)
    {
        byte[] path = [.. root, (byte)'/', .. below];
        return _formats.OutsideOf(below) is { } outside
            ? new ValueTask<Document>(ReadOutsideAsync(outside, path, item, id, cancellationToken))
            : new ValueTask<Document>(Read(path, item, id));
    }

    private Document Read(byte[] path, string item, string id)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var moment = options.Clock.GetUtcNow();
            using var file = Open(path, item, out var before);
            if (ReadOnce(file, before, item, id) is { } extracted)
            {
                return DocumentOf(path, id, extracted, before.Stamp, moment);
            }
        }

        throw FileRefusal.Changing(item, Attempts);
    }

    /// <summary>The file is opened first, so that one that cannot be read fails as any other does.</summary>
    private async Task<Document> ReadOutsideAsync(
        IFileExtractor extractor, byte[] path, string item, string id, CancellationToken cancellationToken)
    {
        var name = Encoding.UTF8.GetString(path);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var moment = options.Clock.GetUtcNow();
            FileState before;
            using (Open(path, item, out before))
            {
            }

            var extracted = await extractor.ExtractAsync(name, item, cancellationToken).ConfigureAwait(false);
            if (tree.Look(path, follow: true, out var after) is null && after.Stamp == before.Stamp)
            {
                return DocumentOf(path, id, extracted, before.Stamp, moment);
            }
        }

        throw FileRefusal.Changing(item, Attempts);
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

    private Document DocumentOf(byte[] path, string id, ExtractedText extracted, in FileStamp stamp, DateTimeOffset moment) => new()
    {
        Id = id,
        SourceId = id,
        Text = extracted.Text,
        Metadata = extracted.Metadata,
        ChangedAt = stamp.ModifiedAt,
        Token = stamp.IsRacy(moment) ? ChangeToken.None : TokenOf(path.AsSpan(root.Length + 1), stamp),
    };

    /// <summary>Null: the file changed meanwhile.</summary>
    private ExtractedText? ReadOnce(SafeFileHandle file, FileState before, string item, string id)
    {
        // One byte more than there should be, so that growth shows.
        var buffer = ArrayPool<byte>.Shared.Rent((int)before.Stamp.Size + 1);
        try
        {
            int length = 0, read;
            while (length < buffer.Length && (read = RandomAccess.Read(file, buffer.AsSpan(length), length)) > 0)
            {
                length += read;
            }

            if (length != before.Stamp.Size
                || tree.Look(file, out var after) is not null
                || after.Stamp != before.Stamp)
            {
                return null;
            }

            return _formats.ExtractorOf(id).Extract(item, buffer.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileRefusal.Unreadable(item, e.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
