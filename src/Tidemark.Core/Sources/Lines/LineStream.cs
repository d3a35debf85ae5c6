using Tidemark.Documents;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>Where lines come from: a file, which can be read again, or a stream, which is read once.</summary>
internal sealed class LineStream
{
    private readonly string? _path;
    private Stream? _stream;

    private LineStream(string? path, Stream? stream)
    {
        _path = path;
        _stream = stream;
    }

    public ListingSize? Size => _path is not null && new FileInfo(_path) is { Exists: true } file
        ? new ListingSize(null, file.Length)
        : null;

    public static LineStream Of(string path) => new(path, null);

    public static LineStream Of(Stream stream) => new(null, stream);

    /// <exception cref="TidemarkException">There is nothing to read.</exception>
    public LineBlockReader Open(int blockBytes, int maxLineBytes)
    {
        var stream = _path is not null ? OpenFile(_path) : Interlocked.Exchange(ref _stream, null);
        return stream is null
            ? throw new TidemarkException(
                ErrorCodes.Usage, "a stream can be listed only once", "name a file instead of standard input")
            : new LineBlockReader(stream, blockBytes, maxLineBytes, closes: _path is not null);
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(RegularFile.Open(path), FileAccess.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TidemarkException(
                ErrorCodes.SourceMissing,
                $"there is no file '{path}'",
                "check the path; one that is typed begins at the working directory, one of a file of settings at its folder",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"'{path}' cannot be read: {e.Message}",
                "make it a file that this user may read; what a program writes goes into one first",
                e);
        }
    }
}
