using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Tidemark.Server.Tests.Support;

/// <summary>An index in a real file, served on a real port of this machine, as an application of anybody's would.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _application;

    private RunningService(string folder, WebApplication application, HttpClient client) =>
        (_folder, _application, Client) = (folder, application, client);

    public HttpClient Client { get; }

    public TidemarkIndex Index => _application.Services.GetRequiredService<TidemarkIndex>();

    public EventIntake Events => _application.Services.GetRequiredService<EventIntake>();

    public Uri Address => Client.BaseAddress!;

    public static async Task<RunningService> StartAsync(
        ServerOptions? options = null, Action<TidemarkBuilder>? more = null, string listen = "http://127.0.0.1:0", Func<TidemarkIndex, Task>? before = null)
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-service-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listen);
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys")));
        builder.AddTidemark(
            index =>
            {
                index.UseSqlite(Path.Combine(folder, "index.db")).UseHashingEmbedder(64);
                more?.Invoke(index);
            },
            options);
        var application = builder.Build();
        application.MapTidemark("/tidemark");
        if (before is not null)
        {
            await before(application.Services.GetRequiredService<TidemarkIndex>());
        }

        try
        {
            await application.StartAsync(Token);
        }
        catch
        {
            await application.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            throw;
        }

        var port = new Uri(application.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port;
        return new RunningService(folder, application, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/tidemark/api/") });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Puts a text and waits until it can be found.</summary>
    public async Task<HttpResponseMessage> PutAsync(string id, string text, params (string Name, string Value)[] headers) =>
        await SendAsync(HttpMethod.Put, $"documents/{Uri.EscapeDataString(id)}", new StringContent(text, Encoding.UTF8, "text/plain"), [("Prefer", "wait=30"), .. headers]);

    public Task<HttpResponseMessage> PutJsonAsync(string id, object document, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, $"documents/{Uri.EscapeDataString(id)}", JsonContent.Create(document), [("Prefer", "wait=30"), .. headers]);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, Token);
    }

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, headers);
        return await response.JsonAsync(status);
    }

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body), headers);
        return await response.JsonAsync(status);
    }

    /// <summary>Ends it as a supervisor does, without waiting for the end.</summary>
    public Task BeginStop() => _application.StopAsync(CancellationToken.None);

    public string StoreFile => Path.Combine(_folder, "index.db");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
