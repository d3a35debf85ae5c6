using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagChain;

/// <summary>Answers with the prompt itself, so that one sees what a model would get.</summary>
internal sealed class ShowingChatClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Show(messages))));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, Show(messages));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static string Show(IEnumerable<ChatMessage> messages) =>
        string.Join("\n\n", messages.Select(m => $"{m.Role.Value}: {m.Text}"));
}
