/* Numbers of the kernels of linear algebra, shared by the rows and both backends. */
#ifndef FM_OPS_IDS_LINALG_H
#define FM_OPS_IDS_LINALG_H

typedef enum fm_linalg_id {
    FM_LINALG_det,
    FM_LINALG_inv,
    FM_LINALG_solve,
    FM_LINALG_cholesky,
    FM_LINALG_qr,
    FM_LINALG_eigh,
    FM_LINALG_eig,
    FM_LINALG_svd,
    FM_LINALG_lstsq,
    FM_LINALG_COUNT
} fm_linalg_id;

#endif
