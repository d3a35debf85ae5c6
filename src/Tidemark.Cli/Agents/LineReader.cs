using System.Buffers;
using ModelContextProtocol.Protocol;

namespace Tidemark.Cli.Agents;

/// <summary>Reads lines of bounded length; of a longer one only the id of its request is kept.</summary>
internal sealed class LineReader(Stream input)
{
    /// <summary>No question of ours needs more.</summary>
    public const int MostBytes = 1024 * 1024;

    private readonly byte[] _block = new byte[32 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private RequestIdScan? _scan;
    private int _at;
    private int _filled;

    /// <returns>Null: the input has ended.</returns>
    public async ValueTask<IncomingLine?> ReadAsync(CancellationToken cancellationToken)
    {
        Begin();
        while (true)
        {
            if (_at == _filled)
            {
                // A read of standard input cannot be ended: whoever does not wait any more leaves it.
                (_at, _filled) = (0, await input.ReadAsync(_block, cancellationToken).AsTask().WaitAsync(cancellationToken));
                if (_filled == 0)
                {
                    return IsBlank ? null : Line;
                }
            }

            var rest = _block.AsSpan(_at, _filled - _at);
            var end = rest.IndexOf((byte)'\n');
            Take(end < 0 ? rest : rest[..end]);
            _at += end < 0 ? rest.Length : end + 1;
            if (end >= 0 && !IsBlank)
            {
                return Line;
            }
        }
    }

    private bool IsBlank => _scan is null && _line.WrittenSpan.Trim(" \t\r"u8).IsEmpty;

    private IncomingLine Line => new(_line.WrittenMemory, _scan is null ? null : _scan.Id ?? default(RequestId));

    private void Begin()
    {
        _scan = null;
        _line.ResetWrittenCount();
    }

    private void Take(ReadOnlySpan<byte> part)
    {
        if (_scan is null && _line.WrittenCount + part.Length > MostBytes)
        {
            _scan = new RequestIdScan();
            _scan.Read(_line.WrittenSpan);
            _line.ResetWrittenCount();
        }

        if (_scan is null)
        {
            _line.Write(part);
        }
        else
        {
            _scan.Read(part);
        }
    }
}
