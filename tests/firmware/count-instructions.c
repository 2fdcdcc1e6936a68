// A plugin for QEMU that counts the instructions that the guest executes, exactly and repeatably,
// and prints their number each time that execution reaches an address:
//     gcc -O2 -shared -fPIC -o count-instructions.so count-instructions.c
//     qemu-system-arm .. -plugin ./count-instructions.so,mark=ADDRESS -d plugin
// The declarations are those of QEMU's plugin interface, version 1, for which Debian has no header.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t plugin_id;
struct block;
struct instruction;
enum registers { NO_REGISTERS };

__attribute__((visibility("default"))) int qemu_plugin_version = 1;
void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id, void (*)(plugin_id, struct block *));
size_t qemu_plugin_tb_n_insns(const struct block *);
struct instruction *qemu_plugin_tb_get_insn(const struct block *, size_t);
uint64_t qemu_plugin_insn_vaddr(const struct instruction *);
void qemu_plugin_register_vcpu_insn_exec_inline(struct instruction *, int op, void *counter, uint64_t add);
void qemu_plugin_register_vcpu_insn_exec_cb(struct instruction *, void (*)(unsigned, void *), enum registers, void *);
void qemu_plugin_outs(const char *);

static uint64_t executed;
static uint64_t mark = UINT64_MAX;

static void marked(unsigned processor, void *nothing) {
  char line[64];
  (void)processor;
  (void)nothing;
  snprintf(line, sizeof line, "mark %llu\n", (unsigned long long)executed);
  qemu_plugin_outs(line);
}

static void translated(plugin_id id, struct block *block) {
  (void)id;
  for (size_t k = 0; k < qemu_plugin_tb_n_insns(block); k++) {
    struct instruction *instruction = qemu_plugin_tb_get_insn(block, k);
    if (qemu_plugin_insn_vaddr(instruction) == mark)
      qemu_plugin_register_vcpu_insn_exec_cb(instruction, marked, NO_REGISTERS, NULL);
    qemu_plugin_register_vcpu_insn_exec_inline(instruction, 0, &executed, 1);
  }
}

__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const void *info, int count, char **arguments) {
  (void)info;
  for (int k = 0; k < count; k++)
    if (strncmp(arguments[k], "mark=", 5) == 0) mark = strtoull(arguments[k] + 5, NULL, 0);
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  return 0;
}
