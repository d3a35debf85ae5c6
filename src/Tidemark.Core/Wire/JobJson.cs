using System.Text.Json;
using Tidemark.Reporting;
using Tidemark.Scheduling;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>How jobs stand.</summary>
public static class JobJson
{
    /// <summary>The member <c>jobs</c>.</summary>
    internal static void WriteAll(Utf8JsonWriter json, IReadOnlyList<JobReport> jobs)
    {
        json.WriteStartArray("jobs");
        foreach (var job in jobs)
        {
            Write(json, job);
        }

        json.WriteEndArray();
    }

    /// <summary>As it is written: <c>batch</c>, <c>micro-batch</c>, <c>real-time</c>.</summary>
    public static string NameOf(JobMode mode) => mode switch
    {
        JobMode.Batch => "batch",
        JobMode.MicroBatch => "micro-batch",
        JobMode.RealTime => "real-time",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
    };

    private static void Write(Utf8JsonWriter json, JobReport job)
    {
        json.WriteStartObject();
        json.WriteString("job", job.Time.Name);
        json.WriteString("mode", NameOf(job.Time.Mode));
        json.WriteString("schedule", job.Time.Text);
        json.WriteString("timeZone", job.Time.Zone);
        JsonFields.Write(json, "sources", job.Time.Sources);
        json.WriteNumber("timesADay", job.TimesADay);
        json.WriteBoolean("running", job.IsRunning);
        JsonFields.Write(json, "next", job.Next);
        WriteSeconds(json, "age", job.Age);
        WriteSeconds(json, "promisedSeconds", job.Promise);
        json.WriteBoolean("overdue", job.IsOverdue);
        WriteLast(json, job.State);
        json.WriteEndObject();
    }

    private static void WriteLast(Utf8JsonWriter json, JobState? state)
    {
        if (state?.Result is not { } result)
        {
            json.WriteNull("last");
            return;
        }

        json.WriteStartObject("last");
        JsonFields.Write(json, "endedAt", state.EndedAt);
        WriteSeconds(json, "seconds", state.Took);
        json.WriteString("outcome", result.Outcome);
        json.WriteString("trouble", result.Trouble);
        json.WriteEndObject();
    }

    /// <summary>To a millisecond.</summary>
    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan? time) =>
        JsonFields.Write(json, name, time is { } known ? Math.Round(known.TotalSeconds, 3) : (double?)null);
}
