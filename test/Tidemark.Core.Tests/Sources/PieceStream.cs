namespace Tidemark.Tests.Sources;

/// <summary>Gives its bytes in small pieces, as a pipe does.</summary>
internal sealed class PieceStream(byte[] content, int piece) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
}
