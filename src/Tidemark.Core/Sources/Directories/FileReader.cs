using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Reads one file whole, and only in a state that it had all the time while it was read.</summary>
internal sealed class FileReader
{
    private const int Attempts = 3;

    private readonly FileTree _tree;
    private readonly DirectoryOptions _options;
    private readonly byte[] _root;
    private readonly Dictionary<string, ITextExtractor> _extractors = new(StringComparer.Ordinal);
    private readonly PlainTextExtractor _plain;
    private readonly ulong _reading = 14_695_981_039_346_656_037;

    public FileReader(FileTree tree, DirectoryOptions options, byte[] root)
    {
        _tree = tree;
        _options = options;
        _root = root;
        PlainTextExtractor? plain = null;
        foreach (var extractor in options.Extractors)
        {
            _reading = Mix(_reading, extractor.Fingerprint);
            plain ??= extractor as PlainTextExtractor;
            foreach (var ending in extractor.Extensions)
            {
                _extractors.TryAdd(ending, extractor);
            }
        }

        _plain = plain ?? new PlainTextExtractor();
    }

    /// <summary>A changed extractor changes the tokens, so that its files are read again.</summary>
    public ChangeToken TokenOf(in FileStamp stamp) => stamp.TokenFor(_reading);

    /// <param name="below">The path below the source's folder.</param>
    /// <param name="item">How the file is named in an error.</param>
    /// <exception cref="ItemException">The file cannot be taken as it is now.</exception>
    public Document Read(ReadOnlySpan<byte> below, string item, string id)
    {
        byte[] path = [.. _root, (byte)'/', .. below];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var moment = _options.Clock.GetUtcNow();
            using var file = _tree.OpenFile(path, out var fault);
            if (file is null || (fault = _tree.Look(file, out var before)) is not null)
            {
                throw Refused(path, item, fault!);
            }

            Check(item, before);
            if (ReadOnce(file, before, item, id) is { } extracted)
            {
                return new Document
                {
                    Id = id,
                    SourceId = id,
                    Text = extracted.Text,
                    Metadata = extracted.Metadata,
                    ChangedAt = before.Stamp.ModifiedAt,
                    Token = before.Stamp.IsRacy(moment) ? ChangeToken.None : TokenOf(before.Stamp),
                };
            }
        }

        throw new ItemException(
            ErrorCodes.SourceChanging,
            $"'{item}' changed each of the {Attempts} times it was read",
            "run again when nothing writes to it; what is indexed of it stays until then");
    }

    private void Check(string item, FileState state)
    {
        if (state.Kind != EntryKind.File)
        {
            throw new ItemException(
                ErrorCodes.SourceUnreadable, $"'{item}' is not a file any more", "run again, or exclude it");
        }

        if (state.Stamp.Size > Math.Min(_options.MaxFileBytes, Array.MaxLength - 1))
        {
            throw new ItemException(
                ErrorCodes.SourceTooLarge,
                $"'{item}' has {state.Stamp.Size} bytes; the limit is {_options.MaxFileBytes}",
                "split it, raise the limit on file sizes, or exclude it");
        }
    }

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
                || _tree.Look(file, out var after) is not null
                || after.Stamp != before.Stamp)
            {
                return null;
            }

            return ExtractorOf(id).Extract(item, buffer.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(item, e.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// FNV-1a (Fowler, Noll, Vo). No cryptographic hash, because to load one takes longer than to list a folder.
    /// </summary>
    private static ulong Mix(ulong hash, string text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1_099_511_628_211;
        }

        return (hash ^ '\n') * 1_099_511_628_211;
    }

    private ITextExtractor ExtractorOf(string id)
    {
        // An ending may have more than one dot, so the longest known one counts.
        for (var dot = id.IndexOf('.', id.LastIndexOf('/') + 1); dot >= 0; dot = id.IndexOf('.', dot + 1))
        {
            if (_extractors.TryGetValue(id[dot..].ToLowerInvariant(), out var extractor))
            {
                return extractor;
            }
        }

        return _plain;
    }

    private ItemException Refused(byte[] path, string item, FileFault fault) => fault.Kind switch
    {
        FileFaultKind.Missing when _tree.Look(path, follow: false, out _) is null =>
            Unreadable(item, "it is a link that leads nowhere"),
        FileFaultKind.Missing => new ItemException(
            ErrorCodes.SourceChanging, $"'{item}' vanished while the source was read", "run again"),
        FileFaultKind.TooLong => new ItemException(
            ErrorCodes.SourceName,
            $"the path of '{item}' is longer than the system takes",
            "shorten it, or exclude it"),
        _ => Unreadable(item, fault.Reason),
    };

    private static ItemException Unreadable(string item, string reason) => new(
        ErrorCodes.SourceUnreadable, $"'{item}' cannot be read: {reason}", "make it readable, or exclude it");
}
