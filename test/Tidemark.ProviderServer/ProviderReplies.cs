using System.Text;

namespace Tidemark.ProviderServer;

/// <summary>Sends replies, good and bad ones, and counts what was paid for.</summary>
internal sealed class ProviderReplies(ProviderHost host)
{
    private const int Drop = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _paid = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Paid
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, int>(_paid, StringComparer.Ordinal);
            }
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _paid.Clear();
        }
    }

    /// <returns>Whether the connection goes on.</returns>
    public async Task<bool> SendAsync(
        HttpConversation conversation, ProviderRequest request, ProviderReply reply, CancellationToken cancellationToken)
    {
        switch (reply)
        {
            case ProviderReply.Vectors vectors:
                return await SendAsync(conversation, request, vectors, cancellationToken);
            case ProviderReply.Status status:
                await SendAsync(conversation, status.Code, status.Body, status.Headers, cancellationToken);
                return true;
            case ProviderReply.Page page:
                await SendAsync(conversation, 200, page.Text, [], cancellationToken);
                return true;
            case ProviderReply.Raw raw:
                await conversation.WriteHeadAsync(raw.Code, raw.Body.Length, raw.Headers, cancellationToken);
                await conversation.WriteAsync(raw.Body, cancellationToken);
                return true;
            case ProviderReply.Endless endless:
                await SendAsync(conversation, endless, cancellationToken);
                return false;
            case ProviderReply.Late late:
                await late.Told.WaitAsync(cancellationToken);
                return await SendAsync(conversation, request, late.Reply, cancellationToken);
            case ProviderReply.Silence:
                await conversation.AwaitEndAsync(cancellationToken);
                return false;
            default:
                conversation.Reset();
                return false;
        }
    }

    private static async Task SendAsync(
        HttpConversation conversation, ProviderReply.Endless reply, CancellationToken cancellationToken)
    {
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(reply.Piece, 1 + (65_536 / reply.Piece.Length))));
        await conversation.WriteHeadAsync(reply.Code, int.MaxValue, [], cancellationToken);
        while (true)
        {
            await conversation.WriteAsync(piece, cancellationToken); // until the caller goes away
        }
    }

    private static async Task SendAsync(
        HttpConversation conversation,
        int status,
        string body,
        IEnumerable<(string Name, string Value)> headers,
        CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        await conversation.WriteHeadAsync(status, bytes.Length, headers, cancellationToken);
        await conversation.WriteAsync(bytes, cancellationToken);
    }

    private async Task<bool> SendAsync(
        HttpConversation conversation,
        ProviderRequest request,
        ProviderReply.Vectors reply,
        CancellationToken cancellationToken)
    {
        if (reply.Latency > TimeSpan.Zero)
        {
            await Task.Delay(reply.Latency, cancellationToken);
        }

        var vectors = request.Texts
            .Select(text => ProviderVectors.Of(host.Weights, text, request.Dimensions ?? host.Dimensions)).ToArray();
        var tokens = request.Texts.Sum(text => (text.Length / 3) + 1);
        var answer = ProviderAnswer.Write(request, reply, reply.Change?.Invoke(vectors) ?? vectors, tokens);
        Pay(request.Texts);
        await conversation.WriteHeadAsync(200, answer.Length, [("Content-Type", "application/json")], cancellationToken);
        var sent = (int)(answer.Length * reply.Part);
        var piece = reply.Drip > TimeSpan.Zero ? Drop : Math.Max(sent, 1);
        for (var at = 0; at < sent; at += piece)
        {
            await conversation.WriteAsync(answer.AsMemory(at, Math.Min(piece, sent - at)), cancellationToken);
            if (reply.Drip > TimeSpan.Zero)
            {
                await Task.Delay(reply.Drip, cancellationToken);
            }
        }

        return sent == answer.Length;
    }

    private void Pay(IReadOnlyList<string> texts)
    {
        lock (_gate)
        {
            foreach (var text in texts)
            {
                _paid[text] = _paid.GetValueOrDefault(text) + 1;
            }
        }
    }
}
