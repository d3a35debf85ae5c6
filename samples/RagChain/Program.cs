// Question answering over an index: find, put what was found before the question, ask a chat client.
//
//   dotnet run --project samples/RagChain -- samples/handbook "what do I do about spilled fuel?"
//
// The chat client is a stand-in that shows the prompt it gets; any IChatClient takes its place.
using Microsoft.Extensions.AI;
using RagChain;
using Tidemark;
using Tidemark.Searching;

var folder = args.ElementAtOrDefault(0) ?? "samples/handbook";
var question = args.ElementAtOrDefault(1) ?? "what do I do about spilled fuel?";

await using var index = TidemarkIndex.Create(t => t
    .UseSqlite(".tidemark/rag-chain.db")
    .UseHashingEmbedder()
    .AddDirectory(folder));
await index.SyncAsync();

using IChatClient chat = new ShowingChatClient();
Console.WriteLine(await AnswerAsync(index, chat, question, CancellationToken.None));

// <answer>
static async Task<string> AnswerAsync(
    TidemarkIndex index, IChatClient chat, string question, CancellationToken cancellationToken)
{
    var found = await index.SearchAsync(question, new SearchOptions { Limit = 4 }, cancellationToken);
    var context = string.Join(
        "\n\n", found.Hits.Select((hit, i) => $"[{i + 1}] {hit.Chunk.Document}\n{hit.Chunk.Text.Trim()}"));
    var response = await chat.GetResponseAsync(
        [
            new ChatMessage(
                ChatRole.System,
                "Answer from the passages below only, and name the numbers of those you used. "
                + "If they do not say, say that you do not know.\n\n" + context),
            new ChatMessage(ChatRole.User, question),
        ],
        cancellationToken: cancellationToken);
    return response.Text;
}
// </answer>
