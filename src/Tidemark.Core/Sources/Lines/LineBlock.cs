using System.Buffers;

namespace Tidemark.Sources;

/// <summary>Whole lines in one pooled buffer, without their ends; blank ones are left out.</summary>
internal sealed class LineBlock : IDisposable
{
    public const int MostLines = 1_024;

    public static readonly ArrayStore<LineSpan> LineStore = new(MostLines);

    private byte[] _buffer;
    private LineSpan[] _lines;

    /// <param name="buffer">Of the shared pool; goes back to it with the block.</param>
    /// <param name="lines">Of <see cref="LineStore"/>; goes back to it too.</param>
    public LineBlock(byte[] buffer, LineSpan[] lines, int count)
    {
        _buffer = buffer;
        _lines = lines;
        Count = count;
    }

    public int Count { get; private set; }

    /// <summary>The numbers of lines that were longer than the limit and were thrown away.</summary>
    public IReadOnlyList<long> TooLong { get; init; } = [];

    /// <summary>That limit, in bytes.</summary>
    public int MaxLineBytes { get; init; }

    /// <summary>The stream ended inside the last line: there is no newline after it.</summary>
    public bool EndsInsideLine { get; init; }

    /// <summary>Bytes of the stream that this block stands for.</summary>
    public long Bytes { get; init; }

    public ReadOnlyMemory<byte> this[int index] => _buffer.AsMemory(_lines[index].Start, _lines[index].Length);

    public long NumberOf(int index) => _lines[index].Number;

    public void Dispose()
    {
        if (_lines.Length > 0)
        {
            LineStore.Return(_lines);
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _lines, Count) = ([], [], 0);
        }
    }
}

/// <param name="Number">From 1, in the whole stream.</param>
internal readonly record struct LineSpan(int Start, int Length, long Number);
