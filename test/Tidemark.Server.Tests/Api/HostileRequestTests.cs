using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tidemark.Server.Http;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Api;

/// <summary>Requests made of what the routes declare and of what nobody should send: whatever comes, no answer says that the service is at fault.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private const int RequestsPerRoute = 40;

    private static readonly string[] Texts =
    [
        "", "a", "default", "0", "-1", "99999999999999999999", "1e9", "true", "null", "%", "%00", "\u0001", "../..", "' OR 1=1 --", "\"", "\\", "a\"b*", "NEAR(a b)",
        "{}", "[]", "<script>", "ü", "日本語", "\U0001F600", new string('x', 3_000), "2026-01-01", "2026-13-45", "9999-12-31T23:59:59Z", "lang=", "=x", "a>=", "key=\"a", "*", "a\r\nb",
    ];

    private RunningService _service = null!;

    public static TheoryData<string> Routes => [.. ServiceRoutes.All.Select(route => route.Name)];

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(new ServerOptions { Hooks = [HookOf("json", HookFormat.Json), HookOf("events", HookFormat.CloudEvents), HookOf("rows", HookFormat.Debezium)] });
        using var put = await _service.PutAsync("a", "A berth for a boat.");
        await put.JsonAsync();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task No_request_is_answered_with_a_fault_of_the_service(string name)
    {
        var route = ServiceRoutes.All.Single(one => one.Name == name);
        var random = new Random(name.Length * 7_919);
        for (var i = 0; i < RequestsPerRoute; i++)
        {
            var (path, body, type) = (PathOf(route, random), BodyOf(route, random), TypeOf(route, random));
            using var content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
            using var response = await _service.SendAsync(new HttpMethod(route.Method), path, content);
            var text = await response.TextAsync();
            ((int)response.StatusCode).ShouldBeLessThan(500, $"{route.Method} {path}\n{body}\n{text}");
        }
    }

    [Theory]
    [InlineData("PUT", "documents/packed", "text/markdown")]
    [InlineData("POST", "documents", "application/x-ndjson")]
    [InlineData("POST", "hooks/json", "application/json")]
    public async Task A_packed_body_is_refused_wherever_one_is_taken(string method, string path, string type)
    {
        using var content = new ByteArrayContent([0x1f, 0x8b, 8, 0]);
        content.Headers.ContentType = new(type);
        content.Headers.ContentEncoding.Add("gzip");

        using var refused = await _service.SendAsync(new HttpMethod(method), path, content);

        await refused.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.media-type");
        (await _service.Index.StatusAsync(cancellationToken: TestContext.Current.CancellationToken)).Namespace.Documents.ShouldBe(1);
    }

    [Theory]
    [InlineData("namespaces?nonsense=1", "usage")]
    [InlineData("search", "usage")]
    [InlineData("search?query=a&query=b", "usage")]
    [InlineData("search?query=a&k=0", "usage")]
    [InlineData("search?query=a&k=1001", "usage")]
    [InlineData("search?query=a&mode=magic", "usage")]
    [InlineData("search?query=a&namespace=%01", "usage")]
    public async Task What_a_route_does_not_have_is_named(string path, string code)
    {
        using var response = await _service.SendAsync(HttpMethod.Get, path);

        await response.ProblemAsync(HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [InlineData("{\"\\ud800\":1,\"query\":\"x\"}")]
    [InlineData("{\"query\":\"x\",\"mode\":[]}")]
    [InlineData("{\"query\":\"\\udc00\"}")]
    [InlineData("{\"query\":{}}")]
    public async Task A_body_that_is_none_is_refused(string body)
    {
        using var response = await _service.SendAsync(HttpMethod.Post, "search", new StringContent(body, Encoding.UTF8, "application/json"));

        await response.ProblemAsync(HttpStatusCode.BadRequest, "usage");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Theory]
    [InlineData("forget")]
    [InlineData("purge")]
    [InlineData("holds")]
    public async Task An_empty_text_beside_another_says_nothing(string path)
    {
        using var response = await _service.SendAsync(
            HttpMethod.Post, path, new StringContent("""{"document":"","sourceId":"nobody"}""", Encoding.UTF8, "application/json"), ("Prefer", "wait=30"));

        ((int)response.StatusCode).ShouldBeLessThan(500, await response.TextAsync());
    }

    [Theory]
    [InlineData("%ff")]
    [InlineData("%c0%af")]
    [InlineData("%ed%a0%80")]
    public async Task A_path_that_is_no_text_names_nothing(string id)
    {
        using var response = await _service.SendAsync(HttpMethod.Get, $"documents/{id}");

        await response.ProblemAsync(HttpStatusCode.BadRequest, "usage");
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_too()
    {
        using var response = await _service.SendAsync(HttpMethod.Get, "nothing/here");

        await response.ProblemAsync(HttpStatusCode.NotFound, "request.path");
    }

    private static string PathOf(ServiceRoute route, Random random)
    {
        var path = route.Path
            .Replace(ServiceRoute.Rest, Uri.EscapeDataString(Pick(random)), StringComparison.Ordinal)
            .Replace("{name}", Hooks[random.Next(Hooks.Length)], StringComparison.Ordinal);
        var query = route.Body == RequestBody.Parameters
            ? []
            : route.Parameters.Append(CommonParameters.Namespace)
                .Where(parameter => parameter.IsRequired || random.Next(3) == 0)
                .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(Value(parameter, random))}");
        return $"{path}?{string.Join('&', query)}";
    }

    private static string? BodyOf(ServiceRoute route, Random random) => route.Body switch
    {
        RequestBody.None => null,
        _ when random.Next(10) == 0 => Pick(random),
        RequestBody.Parameters => JsonSerializer.Serialize(route.Parameters.Append(CommonParameters.Namespace)
            .Where(parameter => parameter.IsRequired || random.Next(2) == 0)
            .ToDictionary(parameter => parameter.Name, parameter => (object)Value(parameter, random))),
        _ => JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["text"] = Pick(random),
            ["version"] = random.Next(2) == 0 ? 3 : Pick(random),
            ["metadata"] = random.Next(2) == 0 ? new Dictionary<string, object> { [Pick(random)] = Pick(random) } : Pick(random),
            ["expires_at"] = random.Next(2) == 0 ? null : Pick(random),
        }),
    };

    private static string TypeOf(ServiceRoute route, Random random) => random.Next(10) == 0 ? "text/html"
        : route.Body == RequestBody.Lines ? "application/x-ndjson"
        : "application/json";

    private static string Value(Parameter parameter, Random random) => random.Next(4) == 0 ? Pick(random)
        : parameter.Choices.Count > 0 ? parameter.Choices[random.Next(parameter.Choices.Count)]
        : parameter.Kind switch
        {
            ParameterKind.Integer => parameter.Default.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ParameterKind.Flag => "true",
            _ => Pick(random),
        };

    private static readonly string[] Hooks = ["json", "events", "rows", "nobody"];

    private static HookOptions HookOf(string name, HookFormat format) => new()
    {
        Name = name,
        Signature = HookSignature.None,
        Format = format,
        Mapping = new HookMapping { Id = "{/text?}x", Text = "/text", Version = "/version?", Metadata = ["/metadata"] },
    };

    private static string Pick(Random random) => Texts[random.Next(Texts.Length)];
}
