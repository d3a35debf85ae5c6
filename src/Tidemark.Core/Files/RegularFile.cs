using Microsoft.Win32.SafeHandles;

namespace Tidemark.Files;

/// <summary>
/// Reads files that somebody else may have put there: a pipe, a device or a file without end is refused at once, never waited
/// for.
/// </summary>
public static class RegularFile
{
    /// <exception cref="IOException">It is no regular file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafeFileHandle Open(string path)
    {
        // Before it is opened, because opening a device may do something already; and after, because it may be another by then.
        Check((FileFacts.Of(path, follow: true) ?? throw Missing(path)).Type);
        var file = PromptFile.Open(path);
        try
        {
            Check(FileFacts.Of(file).Type);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The whole content.</summary>
    /// <exception cref="IOException">The same, or it has more than <paramref name="mostBytes"/> bytes.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAll(string path, int mostBytes)
    {
        using var file = Open(path);
        return ReadAll(file, mostBytes);
    }

    /// <summary>The whole content of an open file.</summary>
    /// <exception cref="IOException">It cannot be read, or has more than <paramref name="mostBytes"/> bytes.</exception>
    public static byte[] ReadAll(SafeFileHandle file, int mostBytes)
    {
        var content = new byte[Math.Min(RandomAccess.GetLength(file), mostBytes) + 1];
        var length = 0;
        while (RandomAccess.Read(file, content.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
            if (length > mostBytes)
            {
                throw new IOException($"it has more than {mostBytes} bytes");
            }

            if (length == content.Length)
            {
                Array.Resize(ref content, (int)Math.Min(2L * length, (long)mostBytes + 1));
            }
        }

        return content[..length];
    }

    private static FileNotFoundException Missing(string path) => new(
        FileFacts.Of(path, follow: false) is null ? "there is no such file" : "it is a link that leads nowhere");

    private static void Check(FileType type)
    {
        if (type != FileType.File)
        {
            throw new IOException(type == FileType.Folder ? "it is a folder" : "it is a pipe or a device, not a file");
        }
    }
}
