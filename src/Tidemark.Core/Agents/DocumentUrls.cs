using Tidemark.Documents;

namespace Tidemark.Agents;

/// <summary>Where documents can be looked at; without a template at an address that only names them, and shows no path of this machine.</summary>
internal sealed class DocumentUrls(AgentOptions options)
{
    public string Of(TidemarkIndex index, string id, string source, DocumentMetadata metadata) =>
        options.Urls.GetValueOrDefault(source)?.Of(id, source, metadata)
        ?? $"tidemark://{Uri.EscapeDataString(index.NameOf(options.Namespace))}/{UrlTemplate.Encode(id)}";
}
