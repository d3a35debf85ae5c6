using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using System.Text.Json;
using Tidemark.Wire;

namespace Tidemark.Bench.Serving;

/// <summary>The least that answers a search over HTTP: what the service is measured against. A process of its own, as the service is.</summary>
internal static class BareEndpoint
{
    /// <param name="store">An SQLite file.</param>
    public static async Task ServeAsync(string store)
    {
        await using var index = TidemarkIndex.Create(index => index.UseSqlite(store).UseHashingEmbedder());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var application = builder.Build();
        application.MapGet("/api/search", async (HttpContext context) =>
        {
            var result = await index.SearchAsync(context.Request.Query["query"].ToString(), cancellationToken: context.RequestAborted);
            context.Response.ContentType = "application/json";
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
            SearchResultJson.Write(json, result);
        });
        await application.StartAsync();
        await Console.Error.WriteLineAsync($"listening on: {application.Urls.First()}");
        await application.WaitForShutdownAsync();
    }
}
