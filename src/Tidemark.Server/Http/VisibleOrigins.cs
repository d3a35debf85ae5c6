using Tidemark.Reporting;

namespace Tidemark.Server.Http;

/// <summary>Where vectors come from, as far as a caller may know: what lies in a namespace that its key does not reach is not named.</summary>
internal static class VisibleOrigins
{
    public static async Task<WhyReport> WhyAsync(this Call call, string document)
    {
        var why = await call.Index.WhyAsync(document, call.Namespace, call.Ended);
        return why with
        {
            Chunks =
            [
                .. why.Chunks.Select(chunk => chunk.ReusedFromNamespace is { } from && !call.Caller.MaySee(from)
                    ? chunk with { ReusedFrom = null, ReusedFromNamespace = null, EmbeddedIn = 0 }
                    : chunk),
            ],
        };
    }
}
