using System.Buffers;

namespace Tidemark.Sources;

/// <summary>Small pieces of bytes that live as long as a page does.</summary>
internal sealed class ByteArena : IDisposable
{
    private const int ChunkBytes = 8_192;

    private readonly List<byte[]> _chunks = [];
    private int _used;

    public Memory<byte> Take(int length)
    {
        if (_chunks is not [.., var chunk] || chunk.Length - _used < length)
        {
            chunk = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, length));
            _chunks.Add(chunk);
            _used = 0;
        }

        var piece = chunk.AsMemory(_used, length);
        _used += length;
        return piece;
    }

    public void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _chunks.Clear();
    }
}
