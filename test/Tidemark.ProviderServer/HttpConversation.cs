using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tidemark.ProviderServer;

/// <summary>One connection: requests with a body of known length, answered one after the other (HTTP/1.1).</summary>
internal sealed class HttpConversation(TcpClient client) : IAsyncDisposable
{
    private const int LongestHead = 64 * 1024;

    private readonly MemoryStream _read = new();
    private Stream _stream = client.GetStream();

    public async Task EncryptAsync(X509Certificate2 certificate)
    {
        var secure = new SslStream(_stream);
        _stream = secure;
        await secure.AuthenticateAsServerAsync(certificate);
    }

    /// <returns>Null: the caller has gone.</returns>
    public async Task<HttpCall?> ReadAsync(CancellationToken cancellationToken)
    {
        var end = 0;
        while ((end = EndOfHead()) < 0)
        {
            if (_read.Length > LongestHead || !await FillAsync(cancellationToken))
            {
                return null;
            }

            if (_read.GetBuffer()[0] is < (byte)'A' or > (byte)'Z')
            {
                await WriteHeadAsync(400, 0, [], cancellationToken); // no HTTP, as real servers say it at the first byte
                return null;
            }
        }

        var lines = Encoding.ASCII.GetString(_read.GetBuffer(), 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        while (_read.Length < end + 4 + length)
        {
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var whole = _read.ToArray();
        _read.SetLength(0);
        _read.Write(whole.AsSpan(end + 4 + length));
        var start = lines[0].Split(' ');
        return new HttpCall(start[0], start[1], headers, whole.AsMemory(end + 4, length));
    }

    public async Task WriteHeadAsync(
        int status, int length, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Answer\r\nContent-Length: {length}\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    /// <summary>Waits until the caller goes away.</summary>
    public async Task AwaitEndAsync(CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            // Whatever is said is not listened to.
        }
    }

    /// <summary>Breaks the connection instead of closing it.</summary>
    public void Reset() => client.LingerState = new LingerOption(enable: true, seconds: 0);

    public async ValueTask DisposeAsync()
    {
        client.Close();
        await _read.DisposeAsync();
    }

    private int EndOfHead() => _read.GetBuffer().AsSpan(0, (int)_read.Length).IndexOf("\r\n\r\n"u8);

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var read = await _stream.ReadAsync(buffer, cancellationToken);
        _read.Write(buffer.AsSpan(0, read));
        return read > 0;
    }
}
