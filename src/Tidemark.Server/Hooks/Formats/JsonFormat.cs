using Microsoft.AspNetCore.Http;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>A body that is one event. Pure.</summary>
internal static class JsonFormat
{
    public static IReadOnlyList<HookEvent> Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body) => [new HookEvent(null, new EventScope(EventJson.Parse(body), headers))];
}
