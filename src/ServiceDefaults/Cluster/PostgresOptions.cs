using System.ComponentModel.DataAnnotations;

namespace Chitti.ServiceDefaults;

/// <summary>Where a cluster's PostgreSQL is.</summary>
public sealed class PostgresOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "ConnectionStrings";

    /// <summary>Connection string for state, reminders and the stores. May lead through a pooler in transaction mode.</summary>
    [Required, DataType(DataType.Password)]
    public string Postgres { get; set; } = "";

    /// <summary>Connection string for migrations and membership, which hold locks of a session: to the server itself. <see cref="Postgres"/> by default.</summary>
    [DataType(DataType.Password)]
    public string? PostgresDirect { get; set; }

    /// <summary><see cref="PostgresDirect"/>, or <see cref="Postgres"/> where it is not set.</summary>
    public string Direct => string.IsNullOrEmpty(PostgresDirect) ? Postgres : PostgresDirect;
}
