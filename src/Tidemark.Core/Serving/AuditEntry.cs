using Tidemark.Records;

namespace Tidemark.Serving;

/// <summary>Something that somebody did with the service.</summary>
public sealed record AuditEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the key that was used; null: none.</summary>
    public string? KeyId { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>In which namespace; null: in none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Of which document, as <see cref="AuditLog.SubjectOfAsync"/> says it; null: of none.</summary>
    public string? Subject { get; init; }

    /// <summary>What was answered: a status of HTTP.</summary>
    public int Status { get; init; }

    /// <summary>Under which name it stands in logs and traces.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where it stands, of one that was read: a list goes on behind it.</summary>
    public ServicePosition? Position { get; init; }
}
