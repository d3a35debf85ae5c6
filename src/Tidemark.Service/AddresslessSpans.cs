using System.Diagnostics;
using OpenTelemetry;

namespace Tidemark.Service;

/// <summary>The id of a document stands in the address of a request, and words of a query, so that no address is part of what is sent.</summary>
internal sealed class AddresslessSpans : BaseProcessor<Activity>
{
    private static readonly string[] Addresses = ["url.path", "url.query", "url.full", "http.target", "http.url"];

    public override void OnEnd(Activity data)
    {
        if (data.Kind != ActivityKind.Server)
        {
            return;
        }

        foreach (var name in Addresses)
        {
            data.SetTag(name, null);
        }
    }
}
