using System.ComponentModel.DataAnnotations;

namespace Chitti.ServiceDefaults;

/// <summary>Connection to a cluster's PostgreSQL.</summary>
public sealed class PostgresOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "ConnectionStrings";

    /// <summary>Connection string for state, reminders and the stores. May point to a pooler in transaction mode.</summary>
    [Required, DataType(DataType.Password)]
    public string Postgres { get; set; } = "";

    /// <summary>Connection string for migrations and membership, which use session locks and therefore need a direct connection. <see cref="Postgres"/> by default.</summary>
    [DataType(DataType.Password)]
    public string? PostgresDirect { get; set; }

    /// <summary><see cref="PostgresDirect"/>, or <see cref="Postgres"/> if it is not set.</summary>
    public string Direct => string.IsNullOrEmpty(PostgresDirect) ? Postgres : PostgresDirect;
}
