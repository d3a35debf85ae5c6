// A web application that searches a folder, keeps the index in step with it, and takes documents from others.
//
//   dotnet run --project samples/WebSearch -- --Tidemark:Folder=samples/handbook
//   curl 'http://localhost:5000/search?q=who+may+go+onto+the+pontoons+in+a+storm'
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Tidemark;
using Tidemark.Documents;
using Tidemark.Searching;
using Tidemark.Wire;

var builder = WebApplication.CreateBuilder(args);

// <register>
builder.Services.AddTidemark(builder.Configuration.GetSection("Tidemark"), (t, settings) => t
    .UseSqlite(settings.Required("Store"))
    .UseHashingEmbedder()
    .AddDirectory(settings.Required("Folder")));
builder.Services.AddTidemarkSync("every 30s");
builder.Services.AddTidemarkWorker();
builder.Services.AddHealthChecks().AddTidemark();
// </register>

// <telemetry>
var telemetry = builder.Services.AddOpenTelemetry()
    .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource(TidemarkTelemetry.Name))
    .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter(TidemarkTelemetry.Name));
if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
{
    telemetry.UseOtlpExporter();
}

// </telemetry>
builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, TidemarkJson.Resolver));

var app = builder.Build();
app.UseExceptionHandler(new ExceptionHandlerOptions
{
    StatusCodeSelector = failure => failure switch
    {
        TidemarkException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        TidemarkException { Kind: ErrorKind.Usage } => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    },
});

// <endpoints>
app.MapGet("/search", (string q, int? limit, ITidemarkIndex index, CancellationToken stop) =>
    index.SearchAsync(q, new SearchOptions { Limit = limit ?? 5 }, stop));

app.MapPut("/notes/{id}", async (string id, HttpRequest request, ITidemarkIndex index, CancellationToken stop) =>
{
    using var reader = new StreamReader(request.Body);
    var note = new Document { Id = $"notes/{id}", Text = await reader.ReadToEndAsync(stop) };
    var report = await index.EnqueueAsync(AsyncEnumerable.Repeat<DocumentChange>(new DocumentChange.Upsert(note), 1), cancellationToken: stop);
    return report.Failed == 0 ? Results.Accepted() : Results.BadRequest(report);
});

app.MapHealthChecks("/health");
// </endpoints>
await app.RunAsync();

/// <summary>For tests, which start it.</summary>
public sealed partial class Program;
