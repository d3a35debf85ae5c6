using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Agents;

/// <summary>
/// The protocol on standard input and output. Of the library's own it differs in what a hostile or broken client meets: lines are bounded,
/// every line that is no message is answered, and what was asked before the input ended is answered before the process ends.
/// </summary>
internal sealed class StdioTransport : TransportBase
{
    private static readonly JsonTypeInfo<JsonRpcMessage> Messages = (JsonTypeInfo<JsonRpcMessage>)new JsonSerializerOptions(
        McpJsonUtilities.DefaultOptions)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }.GetTypeInfo(typeof(JsonRpcMessage));

    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly LineReader _lines;
    private readonly Terminal _terminal;
    private readonly Task _reading;

    public StdioTransport(Stream input, Terminal terminal)
        : base("stdio", loggerFactory: null)
    {
        (_lines, _terminal) = (new LineReader(input), terminal);
        SetConnected();
        _reading = Task.Run(ReadAllAsync, CancellationToken.None);
    }

    /// <summary>Nobody reads the answers any more, or they cannot be written; null: all is well.</summary>
    public Exception? Broken { get; private set; }

    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        var line = new ArrayBufferWriter<byte>(1024);
        JsonText.Write(JsonSerializer.SerializeToUtf8Bytes(message, Messages), line.Write);
        line.Write("\n"u8);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            _terminal.Write(line.WrittenSpan);
        }
        catch (Exception e) when (e is BrokenPipeException or OutputFailedException)
        {
            Broken = e;
            await _end.CancelAsync();
            throw new IOException(e.Message, e);
        }
        finally
        {
            _sending.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _end.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (await _lines.ReadAsync(_end.Token) is { } line)
            {
                await TakeAsync(line);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The end, as well as an input that cannot be read any more.
        }
        finally
        {
            SetDisconnected();
        }
    }

    private async Task TakeAsync(IncomingLine line)
    {
        if (line.TooLong is { } id)
        {
            await RefuseAsync(id, McpErrorCode.InvalidRequest, string.Create(
                CultureInfo.InvariantCulture, $"a message has at most {LineReader.MostBytes} bytes"));
        }
        else if (TryParse(line.Utf8.Span, out var message))
        {
            if (message is JsonRpcRequest request && !RequestParams.Fit(request))
            {
                await RefuseAsync(request.Id, McpErrorCode.InvalidParams, $"'params' are not what '{request.Method}' takes");
                return;
            }

            await WriteMessageAsync(message, _end.Token);
        }
        else
        {
            var scan = new RequestIdScan();
            scan.Read(line.Utf8.Span);
            var isJson = IsJson(line.Utf8.Span);
            await RefuseAsync(
                scan.Id ?? default,
                isJson ? McpErrorCode.InvalidRequest : McpErrorCode.ParseError,
                isJson ? "this is no JSON-RPC 2.0 message: one object a line, with 'jsonrpc', 'method' and, of a request, 'id'" : "this is no JSON");
        }
    }

    private Task RefuseAsync(RequestId id, McpErrorCode code, string message) => SendMessageAsync(
        new JsonRpcError { Id = id, Error = new JsonRpcErrorDetail { Code = (int)code, Message = message } }, _end.Token);

    private static bool TryParse(ReadOnlySpan<byte> line, [NotNullWhen(true)] out JsonRpcMessage? message)
    {
        try
        {
            message = JsonSerializer.Deserialize(line, Messages);
            return message is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            message = null;
            return false;
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                // To its end.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
