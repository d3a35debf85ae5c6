using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sources;

namespace Tidemark.Cli.Commands;

/// <summary>What is remembered of a connector's streams in the store; its states go to standard output, a line each.</summary>
internal sealed class ConnectorJournal(IServiceEntries entries, string @namespace, string source, TextWriter output, TimeProvider clock) : IConnectorJournal
{
    private const string Kind = "connector";

    private readonly string _key = FeedBook.KeyOf(@namespace, source);

    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken) => (await entries.FindAsync(Kind, _key, cancellationToken))?.Value;

    public ValueTask WriteAsync(string value, CancellationToken cancellationToken) =>
        entries.PutAsync(new ServiceEntry(Kind, _key, value, clock.GetUtcNow()), cancellationToken);

    public async ValueTask HandOnAsync(string state, CancellationToken cancellationToken)
    {
        await output.WriteAsync(state + "\n");
        await output.FlushAsync(cancellationToken);
    }
}
