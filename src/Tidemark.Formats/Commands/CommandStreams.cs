using System.Text;

namespace Tidemark.Formats;

/// <summary>Reads what a program writes, within bounds.</summary>
internal static class CommandStreams
{
    private const int BufferSize = 16 * 1024;

    /// <summary>So much of what it complained about last is passed on.</summary>
    private const int MostComplaint = 600;

    /// <exception cref="CommandTooLargeException">There is more than <paramref name="most"/> bytes.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, long most, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[BufferSize];
        while (await ReadAsync(stream, buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (kept.Length + read > most)
            {
                throw new CommandTooLargeException();
            }

            kept.Write(buffer, 0, read);
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    /// <summary>The last lines, on one line, without what would move a cursor: <c>: Syntax Error: not a PDF</c>.</summary>
    public static async Task<string> ReadEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        var end = new byte[2 * BufferSize];
        var length = 0;
        while (await ReadAsync(stream, end.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
            if (length > BufferSize)
            {
                end.AsSpan(length - BufferSize, BufferSize).CopyTo(end);
                length = BufferSize;
            }
        }

        var words = Encoding.UTF8.GetString(end, 0, length)
            .Split(null as char[], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(c => !char.IsControl(c))));
        var text = string.Join(' ', words);
        var complaint = text.Length <= MostComplaint ? text : "… " + text[^MostComplaint..];
        return complaint.Length == 0 ? "" : ": " + complaint;
    }

    /// <summary>A read that ends with the token even where somebody else keeps the pipe open.</summary>
    private static Task<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken);
}
